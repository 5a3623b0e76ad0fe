package dev.tandem.io;

import static dev.tandem.io.SubprocessTest.sh;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Programs that are talked to while they run. */
final class RunningProcessTest {

  @Test
  void lines_whileItRuns_comeAsTheyAreWritten() throws Exception {
    for (Subprocess it :
        List.of(
            sh("read a; echo got $a; read b; echo got $b; exit 4").stdin(ProcessInput.pipe()),
            sh("read a; echo got $a; read b; echo got $b; exit 4")
                .stdin(ProcessInput.pipe())
                .withoutNamedPipes())) {
      try (var process = it.start()) {
        process.stdin().writeLine("one");
        assertEquals("got one", process.stdout().readLine());
        assertTrue(process.isAlive());
        assertEquals(OptionalInt.empty(), process.exitStatus());
        process.stdin().writeLine("two");
        assertEquals(List.of("got two"), process.lines().toList());
        assertEquals(4, process.waitFor());
        assertEquals(OptionalInt.of(4), process.exitStatus());
      }
    }
  }

  @Test
  void stdin_closed_isTheEndForTheProcess() throws Exception {
    try (var process = Subprocess.of("sort").stdin(ProcessInput.pipe()).start()) {
      process.stdin().write("b\na");
      process.stdin().write("\n");
      process.stdin().close();
      assertThrows(StreamClosedException.class, () -> process.stdin().write("c"));
      assertEquals(List.of("a", "b"), process.lines().toList());
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void stdin_processDoesNotRead_holdsTheWriterUpUntilItIsStopped() throws Exception {
    long before = Accounts.pipes();
    for (Subprocess it :
        List.of(
            Subprocess.of("sleep", "1000"), Subprocess.of("sleep", "1000").withoutNamedPipes())) {
      try (var process = it.stdin(ProcessInput.pipe()).start()) {
        assertThrows(
            DeadlineExceededException.class,
            () -> Tandem.timeout(ofMillis(100), () -> process.stdin().write(new byte[10_000_000])));
        assertTrue(process.isAlive());
      }
    }
    Accounts.settlePipes(before);
  }

  @Test
  void stdin_processHasClosedIt_saysSo() throws Exception {
    try (var process = sh("exec <&-; echo closed; sleep 1000").stdin(ProcessInput.pipe()).start()) {
      assertEquals("closed", process.stdout().readLine());
      var error =
          assertThrows(
              StreamClosedException.class,
              () -> {
                while (true) {
                  process.stdin().write(new byte[100_000]);
                }
              });
      assertTrue(error.getMessage().contains("reads no more"), error.getMessage());
    }
  }

  @Test
  void read_timesOut_canBeAskedAgainAndNothingIsLost() throws Exception {
    try (var process =
        sh("printf half; read go; echo ' a line'").stdin(ProcessInput.pipe()).start()) {
      assertThrows(
          DeadlineExceededException.class,
          () -> Tandem.timeout(ofMillis(50), () -> process.stdout().readLine()));
      process.stdin().writeLine("go");
      assertEquals("half a line", process.stdout().readLine());
      assertNull(process.stdout().readLine());
    }
  }

  @Test
  void waitFor_timesOut_canBeAskedAgain() throws Exception {
    try (var process = Subprocess.of("cat").stdin(ProcessInput.pipe()).start()) {
      assertEquals(OptionalInt.empty(), process.waitFor(ofMillis(20)));
      assertThrows(
          DeadlineExceededException.class,
          () -> Tandem.timeout(ofMillis(20), () -> process.waitFor()));
      process.stdin().close();
      assertEquals(OptionalInt.of(0), process.waitFor(ofHours(1)));
      assertThrows(IllegalArgumentException.class, () -> process.waitFor(ofSeconds(0)));
    }
  }

  @Test
  void check_failed_showsTheEndOfTheErrors() throws Exception {
    try (var process = sh("seq 1 100000 >&2; echo last words >&2; exit 2").start()) {
      var error = assertThrows(SubprocessFailedException.class, process::check);
      assertEquals(2, error.exitStatus());
      assertTrue(error.getMessage().endsWith("last words"), error.getMessage());
    }
  }

  @Test
  void stderr_piped_isReadApart() throws Exception {
    try (var process = sh("echo out; echo err >&2").stderr(ProcessOutput.pipe()).start()) {
      assertEquals("err", process.stderr().readLine());
      assertEquals("out", process.stdout().readLine());
      assertThrows(IllegalStateException.class, process::stdin);
    }
    try (var process = sh("true").stdout(ProcessOutput.discard()).start()) {
      assertThrows(IllegalStateException.class, process::stdout);
      assertThrows(IllegalStateException.class, process::stderr);
    }
  }

  @Test
  void output_readLate_isAllThere() throws Exception {
    try (var process = sh("seq 1 5000").start()) {
      assertEquals(0, process.waitFor());
      assertEquals(5000, process.lines().toList().size());
    }
  }

  @Test
  void output_moreThanFitsAndNobodyReads_isHeldBackAndThenAllThere() throws Exception {
    try (var process = sh("seq 1 200000").drain(ofMillis(1)).start()) {
      assertEquals("1", process.stdout().readLine());
      assertEquals(OptionalInt.empty(), process.waitFor(ofMillis(100)));
      assertEquals(199_999, process.lines().toList().size());
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void signalTerminateKill_endIt() throws Exception {
    // Not HUP: where that is ignored, as under nohup, a shell cannot trap it.
    try (var process =
        sh("trap 'echo told' USR1; echo there; while :; do sleep 0.02; done").start()) {
      assertEquals("there", process.stdout().readLine());
      assertTrue(process.signal("USR1"));
      assertEquals("told", process.stdout().readLine());
      assertThrows(IllegalArgumentException.class, () -> process.signal("-9"));
      assertThrows(IllegalArgumentException.class, () -> process.signal(""));
      assertThrows(SubprocessFailedException.class, () -> process.signal("NOSUCH"));
      process.terminate();
      assertEquals(143, process.waitFor());
      assertFalse(process.signal("USR1"));
    }
    try (var process = Subprocess.of("sleep", "1000").start()) {
      process.kill();
      assertEquals(137, process.waitFor());
    }
  }

  @Test
  void read_afterClose_saysSo() throws Exception {
    RunningProcess process = sh("echo x; sleep 1000").start();
    process.close();
    process.close();
    assertFalse(process.isAlive());
    assertThrows(StreamClosedException.class, () -> process.stdout().readLine());
    assertTrue(process.toString().contains("ended with status 143"), process.toString());
  }

  @Test
  void scope_left_endsWhatNobodyClosed() throws Exception {
    long before = Accounts.pipes();
    RunningProcess[] left = new RunningProcess[1];
    TaskGroup.run(
        group -> {
          group.start(
              "forgetful",
              () -> {
                left[0] = Subprocess.of("sleep", "1000").start();
              });
        });
    assertFalse(left[0].isAlive());
    Accounts.settlePipes(before);
  }

  @Test
  void lineLimit_exceeded_isATypedFailure() throws Exception {
    try (var process = sh("echo 123456").lineLimit(5).start()) {
      var error = assertThrows(LimitExceededException.class, () -> process.stdout().readLine());
      assertTrue(error.getMessage().contains("in pieces with StreamReader.read"), error.toString());
      assertEquals("123456\n", new String(process.stdout().readAll(100), UTF_8));
    }
  }

  @Test
  void virtualTime_standsStillWhileAProcessIsWaitedFor() throws Exception {
    VirtualTime.run(
        root -> {
          try (var process = sh("read a; echo $a").stdin(ProcessInput.pipe()).start()) {
            Tandem.sleep(ofHours(1));
            assertEquals(ofHours(1), VirtualTime.elapsed());
            process.stdin().writeLine("hi");
            assertEquals("hi", Tandem.timeout(ofMillis(1), () -> process.stdout().readLine()));
            assertEquals(0, process.waitFor());
            assertEquals(ofHours(1), VirtualTime.elapsed());
          }
          assertEquals("x\n", run("echo x"));
          assertEquals(ofHours(1), VirtualTime.elapsed());
        });
  }

  private static String run(String script) throws IOException, InterruptedException {
    return sh(script).check().stdout();
  }

  @Test
  void put_afterTheEnd_isRefused() throws Exception {
    // A write that checked before a close, and puts after it, must not return as if it arrived.
    var conduit = new Conduit();
    assertTrue(conduit.put(new byte[] {1}));
    conduit.end();
    assertFalse(conduit.put(new byte[] {2}));
    assertArrayEquals(new byte[] {1}, conduit.take());
    assertNull(conduit.take());
  }
}
