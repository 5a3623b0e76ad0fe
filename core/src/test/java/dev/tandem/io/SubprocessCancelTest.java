package dev.tandem.io;

import static dev.tandem.io.SubprocessTest.sh;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are ended before their time, with all that came of them. */
final class SubprocessCancelTest {

  /** Writes its number into the file {@code name}, once it is ready for what comes. */
  private static final String TELL = "echo $$ > %1$s.new; mv %1$s.new %1$s; ";

  @TempDir Path directory;

  private long pidIn(String name) throws IOException {
    return Long.parseLong(Files.readString(directory.resolve(name)).strip());
  }

  private Subprocess here(String script) {
    return sh(script).directory(directory);
  }

  private boolean isThere(String name) {
    return Files.exists(directory.resolve(name));
  }

  private static void awaitGone(long pid) throws InterruptedException {
    Loopback.until(() -> isGone(pid));
  }

  /** Gone, or only still known to a system process that asks for nobody's status. */
  private static boolean isGone(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty() || !process.get().isAlive()) {
      return true;
    }
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z");
    } catch (IOException gone) {
      return true;
    }
  }

  @Test
  void run_stopped_endsTheProgramAndLeavesNothing() throws Exception {
    long before = Accounts.pipes();
    Stopping.inEveryWay(
        thread -> isThere("pid"),
        stopped -> {
          Subprocess it = here(TELL.formatted("pid") + "exec sleep 1000");
          stopped.run(it::run);
          assertTrue(isGone(pidIn("pid")));
          Files.delete(directory.resolve("pid"));
          stopped.run(it.withoutNamedPipes()::run);
          assertTrue(isGone(pidIn("pid")));
          Files.delete(directory.resolve("pid"));
        });
    Accounts.settlePipes(before);
  }

  @Test
  void run_deadlinePasses_letsTheProgramCleanUp() throws Exception {
    Subprocess it =
        here(
            "trap 'echo cleaning; echo done > cleaned; exit 0' TERM; "
                + TELL.formatted("pid")
                + "while :; do sleep 0.02; done");
    assertThrows(
        DeadlineExceededException.class,
        () ->
            Tandem.timeout(
                ofMinutes(1),
                deadline -> {
                  return TaskGroup.<Integer, Exception>run(
                      group -> {
                        group.start(
                            "clock",
                            () -> {
                              Loopback.until(() -> isThere("pid"));
                              deadline.reschedule(ofMillis(1));
                            });
                        return it.run().exitStatus();
                      });
                }));
    assertEquals("done\n", Files.readString(directory.resolve("cleaned")));
    assertTrue(isGone(pidIn("pid")));
  }

  @Test
  void run_programIgnoresTheRequest_isKilledAfterTheGrace() throws Exception {
    Subprocess it =
        here("trap '' TERM; " + TELL.formatted("pid") + "while :; do sleep 0.02; done")
            .grace(ofMillis(50));
    Stopping.CANCELLED.runOn(true, thread -> isThere("pid"), it::run);
    assertTrue(isGone(pidIn("pid")));
  }

  @Test
  void run_grandchildIgnoresTheRequestAndHoldsTheOutput_isKilledToo() throws Exception {
    String grandchild =
        "(trap '' TERM; sh -c '" + TELL.formatted("grandchild") + "while :; do sleep 0.02; done')";
    for (Subprocess it :
        List.of(
            here(grandchild + " & " + TELL.formatted("child") + "wait"),
            here(grandchild + " & " + TELL.formatted("child") + "wait").withoutNamedPipes())) {
      Stopping.CANCELLED.runOn(
          true, thread -> isThere("grandchild") && isThere("child"), it.grace(ofMillis(50))::run);
      assertTrue(isGone(pidIn("child")));
      awaitGone(pidIn("grandchild"));
      Files.delete(directory.resolve("child"));
      Files.delete(directory.resolve("grandchild"));
    }
  }

  @Test
  void run_grandchildHasLostItsParent_isFoundByTheSession() throws Exception {
    if (Executables.setsid() == null || !Accounts.areKept()) {
      return;
    }
    String orphan = "(sh -c '" + TELL.formatted("orphan") + "exec sleep 1000' & ) ; ";
    Subprocess it = here(orphan + "exec sleep 1000");
    Stopping.CANCELLED.runOn(true, thread -> isThere("orphan"), it::run);
    awaitGone(pidIn("orphan"));
  }

  @Test
  void run_endsByItselfAndLeavesAHolderOfTheOutput_isNotHeldUp() throws Exception {
    String leaves = "sh -c '" + TELL.formatted("left") + "exec sleep 1000' & echo hi";
    for (Subprocess it :
        List.of(here(leaves).sameSession(), here(leaves), here(leaves).withoutNamedPipes())) {
      ProcessResult result = it.drain(ofMillis(50)).run();
      assertEquals(0, result.exitStatus());
      assertEquals("hi\n", result.stdout());
      // The JDK's own pipes end with the process, and then there is nothing to cut off.
      assertTrue(result.isCutOff() || !it.usesNamedPipes || !Accounts.areKept());
      Loopback.until(() -> isThere("left"));
      // It was left behind on purpose, and is let be.
      long left = pidIn("left");
      assertFalse(isGone(left));
      assertTrue(ProcessHandle.of(left).orElseThrow().destroyForcibly());
      awaitGone(left);
      Files.delete(directory.resolve("left"));
    }
  }

  @Test
  void run_holderOfTheOutputWritesOn_isHeardAsLongAsItIsNotSilent() throws Exception {
    ProcessResult result =
        here("(for i in 1 2 3 4 5; do sleep 0.05; echo $i; done) & echo first").run();
    assertEquals(List.of("first", "1", "2", "3", "4", "5"), result.lines());
    assertFalse(result.isCutOff());
  }

  @Test
  void run_whileDrainingAHolder_stopped_endsTheHolderToo() throws Exception {
    if (Executables.setsid() == null || !Accounts.areKept()) {
      return;
    }
    String leaves = "sh -c '" + TELL.formatted("left") + "exec sleep 1000' & echo hi";
    Subprocess it = here(leaves).drain(ofMinutes(5));
    Stopping.CANCELLED.runOn(true, thread -> isThere("left"), it::run);
    awaitGone(pidIn("left"));
  }

  @Test
  void start_stoppedWhileReading_closeEndsIt() throws Exception {
    long before = Accounts.pipes();
    Stopping.inEveryWay(
        thread -> isThere("pid"),
        stopped -> {
          stopped.run(
              () -> {
                try (var process = here(TELL.formatted("pid") + "exec sleep 1000").start();
                    var lines = process.lines()) {
                  lines.toList();
                }
              });
          assertTrue(isGone(pidIn("pid")));
          Files.delete(directory.resolve("pid"));
        });
    Accounts.settlePipes(before);
  }

  @Test
  void run_inACancelledScope_startsNothing() throws Exception {
    TaskGroup.run(
        group -> {
          group.cancel("before");
          assertThrows(InterruptedException.class, () -> here("echo x > started").run());
          assertThrows(InterruptedException.class, () -> here("echo x > started").start());
        });
    assertFalse(isThere("started"));
  }
}
