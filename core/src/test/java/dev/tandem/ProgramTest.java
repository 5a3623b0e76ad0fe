package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
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
      assertEndsWith(3, process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void exit_calledByTheBody_cleansUpTheTasksAndEndsAtOnceWithItsStatus() throws Exception {
    Process process = start(Exiting.class, "body");
    try (var out = process.inputReader(UTF_8)) {
      assertEquals("cleaned up", out.readLine());
      assertEndsWith(3, process);
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
      assertTrue(process.waitFor(30, SECONDS), "took no notice of the second interrupt");
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
      assertEndsWith(130, process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void run_cleanupTakesLong_isWaitedForAndTold() throws Exception {
    Process process = start(Thorough.class);
    try (var out = process.inputReader(UTF_8);
        var errors = process.errorReader(UTF_8)) {
      assertEquals("running", out.readLine());
      process.toHandle().destroy();
      // Told at 2 s, 6 s and 14 s; no longer than it takes a container to lose patience.
      for (int told = 0; told < 3; ) {
        String line = errors.readLine();
        assertNotNull(line, "it was not waited for");
        told += line.contains("still cleaning up") ? 1 : 0;
      }
      process.outputWriter(UTF_8).append("enough\n").flush();
      assertEquals("cleaned up after enough", out.readLine());
      assertEndsWith(143, process);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertEndsWith(int status, Process process) throws Exception {
    assertTrue(process.waitFor(30, SECONDS), "it waits for nothing");
    assertEquals(status, process.exitValue());
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

  /** Cleans up until it is told that it is enough. */
  static final class Thorough {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          group -> {
            group.start(
                () -> {
                  try {
                    System.out.println("running");
                    sleep(ofDays(1));
                  } finally {
                    String line = new Scanner(System.in, UTF_8).nextLine();
                    System.out.println("cleaned up after " + line);
                  }
                });
          });
    }
  }

  /** Its body, or a task of a group within, ends the process, while another task runs. */
  static final class Exiting {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          (TaskGroup group) -> {
            var begun = new CountDownLatch(1);
            group.start(
                "other",
                () -> {
                  begun.countDown();
                  cleanUpWhenCancelled();
                });
            begun.await();
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
