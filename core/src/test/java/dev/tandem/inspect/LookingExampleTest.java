package dev.tandem.inspect;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide on looking at what runs. */
final class LookingExampleTest {

  /** An observer overrides what it wants to know. */
  private static final class Failures implements TaskObserver {
    final Map<String, String> byPath = new ConcurrentHashMap<>();

    @Override
    public void taskEnded(
        Duration at, ObservedTask task, TaskState end, Optional<Throwable> thrown) {
      if (end == TaskState.FAILED) {
        byPath.put(task.path(), thrown.map(Throwable::getMessage).orElse(""));
      }
    }
  }

  @Test
  void observer_inProduction_seesTheWholeProcess() throws Exception {
    var failures = new Failures();
    try (var _ = Observation.of(failures)) {
      Gather.over(List.of("a", "b")).outcomes(LookingExampleTest::check);
    }
    assertEquals(Map.of("item#1", "b is down"), failures.byPath);
  }

  @Test
  void timeline_ofATest_isExactAndTheSameEachTime(@TempDir Path folder) throws Exception {
    var timeline = Timeline.ofAtMost(10_000);
    VirtualTime.observedBy(timeline)
        .run(
            (TaskGroup group) -> {
              group.start("quick", () -> sleep(ofMillis(100)));
              group.start("slow", () -> sleep(ofMillis(400)));
            });
    Files.writeString(folder.resolve("run.svg"), timeline.svg());
    Files.writeString(folder.resolve("run.json"), timeline.perfetto());
    assertEquals(
        """
        (body) ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
         quick ▒▒▒▒▒▒▒▒▒
         slow  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
               └───────────────┴────────────────
               0.0 s           0.2 s       0.4 s
        █ run ▒ sleep ░ wait ▞ stop ✗ ⊘ end
        """,
        timeline.gantt(40));
    assertTrue(timeline.lines().contains("0.100  quick   ends"));
  }

  @Test
  void observer_thatMustNotHoldAnybodyUp_handsOver() throws Exception {
    var news = new ConcurrentLinkedQueue<String>();
    var observer =
        new TaskObserver() {
          @Override
          public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
            news.add(task.path() + " waits for " + wait);
          }
        };
    VirtualTime.observedBy(observer)
        .run(
            (TaskGroup group) -> {
              group.start("nap", () -> sleep(ofMillis(1)));
            });
    assertTrue(news.contains("nap waits for sleep (0.001 s left)"), news.toString());
  }

  private static String check(String host) {
    if (host.equals("b")) {
      throw new IllegalStateException(host + " is down");
    }
    return host;
  }
}
