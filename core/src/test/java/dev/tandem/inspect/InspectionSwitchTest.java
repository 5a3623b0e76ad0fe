package dev.tandem.inspect;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process can be started without inspection; then it runs the same, and says why it is blind. */
final class InspectionSwitchTest {

  /** The program of such a process: tries everything that would look. */
  static final class Blind {
    public static void main(String[] arguments) throws Exception {
      tell(() -> Observation.of(Timeline.ofAtMost(10)));
      tell(() -> Inspection.recordTimes(true));
      System.out.println("times: " + Inspection.isRecordingTimes());
      TaskGroup.run(
          (TaskGroup group) -> {
            System.out.println(group.start("child", () -> "ran").await());
            System.out.println(TaskTree.of(group).toString().contains("group"));
          });
    }

    private static void tell(Runnable looking) {
      try {
        looking.run();
        System.out.println("allowed");
      } catch (IllegalStateException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }

  @Test
  void inspectOff_aTimelineAndTimes_areRefusedAndTasksRun() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-Dtandem.inspect=off", "-cp", classes, Blind.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      var printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertTrue(process.waitFor(30, SECONDS));
      String refused =
          "nothing can be seen in a process that was started with -Dtandem.inspect=off; start it"
              + " without";
      assertEquals(List.of(refused, refused, "times: false", "ran", "true"), printed);
    } finally {
      process.destroyForcibly();
    }
  }
}
