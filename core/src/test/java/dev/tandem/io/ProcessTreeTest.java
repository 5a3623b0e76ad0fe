package dev.tandem.io;

import static dev.tandem.io.SubprocessTest.sh;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.LogCapture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that fork and end faster than anybody can look for them. */
final class ProcessTreeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  /**
   * Runs {@code start} and stops it. In it, {@code sh hop.sh} goes from one process to the next.
   * All have a pipe open, which ends when the last of them has: nobody goes on then.
   */
  private void stopped(String start, String pause) throws Exception {
    assumeTrue(Executables.setsid() != null && Accounts.areKept());
    Path pipe = directory.resolve("pipe");
    sh("mkfifo pipe").directory(directory).check();
    String next = "[ -e stop ] && exit 0\n: > hopped\n" + pause + "\nsh hop.sh &\nexit 0\n";
    Files.writeString(directory.resolve("hop.sh"), next);
    Thread reader = Thread.ofPlatform().daemon().start(() -> readToTheEnd(pipe));
    try (var log = new LogCapture("dev.tandem.io")) {
      Subprocess it = sh("exec 9> pipe; " + start).directory(directory).grace(ofMillis(100));
      Stopping.CANCELLED.runOn(true, thread -> Files.exists(directory.resolve("hopped")), it::run);
      assertTrue(reader.join(PATIENCE), "somebody goes on");
      assertEquals(List.of(), log.messages());
    } finally {
      Files.writeString(directory.resolve("stop"), "");
    }
  }

  private static void readToTheEnd(Path pipe) {
    try (var in = Files.newInputStream(pipe)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @RepeatedTest(3)
  void run_childForksAndEndsAgainAndAgain_isKilledAfterTheGrace() throws Exception {
    stopped("trap '' TERM; sh hop.sh & sleep 1000", "sleep 0.01");
  }

  @RepeatedTest(3)
  void run_childForksWithoutAPause_isKilledAfterTheGrace() throws Exception {
    stopped("trap '' TERM; sh hop.sh & sleep 1000", ":");
  }

  @RepeatedTest(3)
  void run_childForksAndTheRestEndsWhenAsked_isNotTakenForGone() throws Exception {
    stopped("(trap '' TERM; sh hop.sh) & exec sleep 1000", "sleep 0.01");
  }

  @RepeatedTest(3)
  void run_childForksInAGroupOfItsOwn_isKilledToo() throws Exception {
    stopped("set -m; trap '' TERM; sh hop.sh & sleep 1000", "sleep 0.01");
  }

  @Test
  void read_ofThisSystem_showsThisProcessAndItsParent() {
    assumeTrue(Accounts.areKept());
    ProcessHandle self = ProcessHandle.current();
    ProcessTable.Entry found =
        ProcessTable.read().entries().stream()
            .filter(entry -> entry.pid() == self.pid())
            .findAny()
            .orElseThrow();
    assertTrue(found.isRunning());
    assertEquals(self.parent().orElseThrow().pid(), found.parent());
    assertFalse(found.session() == 0 && found.group() == 0);
  }
}
