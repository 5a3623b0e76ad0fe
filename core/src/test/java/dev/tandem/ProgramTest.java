package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program in a process of its own, because it is the end of the process that counts. */
final class ProgramTest {

  @Test
  void run_askedToEndAfterTheBodyReturned_theTasksStillCleanUp() throws Exception {
    Process process = start(Cleaning.class);
    try (var out = process.inputReader(UTF_8)) {
      assertEquals("running", out.readLine());
      // Unlike destroy(), this leaves the output open.
      process.toHandle().destroy();
      assertEquals("cleaned up", out.readLine());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void exit_calledByATask_cleansUpTheOthersAndEndsAtOnceWithItsStatus() throws Exception {
    Process process = start(Exiting.class, "task");
    try (var out = process.inputReader(UTF_8)) {
      assertEquals("cleaned up", out.readLine());
      assertTrue(process.waitFor(5, SECONDS), "still waiting for the task that exits");
      assertEquals(3, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void exit_calledByTheBody_cleansUpTheTasksAndEndsAtOnceWithItsStatus() throws Exception {
    Process process = start(Exiting.class, "body");
    try (var out = process.inputReader(UTF_8)) {
      assertEquals("cleaned up", out.readLine());
      assertTrue(process.waitFor(5, SECONDS), "still waiting for the body that exits");
      assertEquals(3, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void secondInterrupt_saysWhatStillRunsAndExits130() throws Exception {
    Process process = start(Stubborn.class);
    try (var out = process.inputReader(UTF_8);
        var errors = process.errorReader(UTF_8)) {
      assertEquals("running", out.readLine());
      interrupt(process);
      assertEquals("asked to stop", out.readLine());
      interrupt(process);
      assertTrue(process.waitFor(5, SECONDS), "took no notice of the second interrupt");
      assertEquals(130, process.exitValue());
      String said = String.join("\n", errors.lines().toList());
      assertTrue(said.contains("ended at once, with this still running:"), said);
      assertTrue(said.contains("└─ stubborn  "), said);
      assertTrue(said.contains("cancelled: the process was asked to end"), said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void firstInterrupt_cleansUpAndExits130() throws Exception {
    Process process = start(Cleaning.class);
    try (var out = process.inputReader(UTF_8)) {
      assertEquals("running", out.readLine());
      interrupt(process);
      assertEquals("cleaned up", out.readLine());
      assertTrue(process.waitFor(5, SECONDS));
      assertEquals(130, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Class<?> program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.add("-cp");
    command.add(placeOf(Tandem.class) + File.pathSeparator + placeOf(ProgramTest.class));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private static String placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static void cleanUpWhenCancelled() throws InterruptedException {
    try {
      sleep(ofDays(1));
    } finally {
      shield(
          () -> {
            sleep(ofMillis(300));
            System.out.println("cleaned up");
          });
    }
  }

  /** Its body returns at once; a task goes on. */
  static final class Cleaning {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          group -> {
            group.start(
                () -> {
                  System.out.println("running");
                  cleanUpWhenCancelled();
                });
          });
    }
  }

  /** Its body, or a task of a group within, ends the process, while another task runs. */
  static final class Exiting {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          (TaskGroup group) -> {
            group.start("other", ProgramTest::cleanUpWhenCancelled);
            sleep(ofMillis(50));
            if (args[0].equals("body")) {
              System.exit(3);
            }
            TaskGroup.run(
                (TaskGroup inner) -> {
                  inner.start("exiting", () -> System.exit(3));
                });
          });
    }
  }

  /** Takes no notice of the first interrupt. */
  static final class Stubborn {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          (TaskGroup group) -> {
            group.start(
                "stubborn",
                () -> {
                  try {
                    System.out.println("running");
                    sleep(ofDays(1));
                  } finally {
                    System.out.println("asked to stop");
                    shield(ofDays(1), () -> sleep(ofDays(1)));
                  }
                });
          });
    }
  }
}
