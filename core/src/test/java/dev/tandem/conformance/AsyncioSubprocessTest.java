package dev.tandem.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.io.ProcessInput;
import dev.tandem.io.RunningProcess;
import dev.tandem.io.Subprocess;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of subprocesses. */
final class AsyncioSubprocessTest {

  private static final Subprocess BLOCKED = Subprocess.of("sleep", "3600");
  private static final Subprocess CAT = Subprocess.of("cat");

  private static Subprocess sh(String script) {
    return Subprocess.of("sh", "-c", script);
  }

  @Test
  void start_writeThenReadAll_isTheOutputAndTheStatus() throws Exception {
    try (var process = CAT.stdin(ProcessInput.pipe()).start()) {
      process.stdin().write("some data");
      process.stdin().close();
      assertEquals("some data", new String(process.stdout().readAll(100), UTF_8));
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void run_inASessionOfItsOwnOrNot_hasItsStatus() throws Exception {
    assertEquals(8, sh("exit 8").run().exitStatus());
    assertEquals(8, sh("exit 8").sameSession().run().exitStatus());
  }

  @Test
  void kill_aShellThatRunsAnother_isKilled() throws Exception {
    try (var process = sh("echo there; sleep 3600; sleep 3600").start()) {
      assertEquals("there", process.stdout().readLine());
      process.kill();
      assertEquals(137, process.waitFor());
    }
  }

  @Test
  void waitFor_cancelled_canBeAskedAgain() throws Exception {
    try (var process = BLOCKED.start()) {
      TaskGroup.run(
          group -> {
            var begun = new CountDownLatch(1);
            Task<Integer> waiting =
                group.start(
                    "waiting",
                    () -> {
                      begun.countDown();
                      return process.waitFor();
                    });
            begun.await();
            waiting.cancel("enough");
            assertThrows(TaskCancelledException.class, waiting::await);
          });
      assertTrue(process.isAlive());
      process.kill();
      assertEquals(137, process.waitFor());
    }
  }

  @Test
  void start_cancelledMeanwhile_leavesNoProcess() throws Exception {
    for (int i = 0; i < 10; i++) {
      int micros = i * 300;
      Tandem.moveOnAfter(
          Duration.ofNanos(1 + micros * 1000L),
          () -> {
            RunningProcess process = BLOCKED.start();
            return process.waitFor();
          });
    }
    assertTrue(
        ProcessHandle.current()
            .descendants()
            .noneMatch(process -> process.info().commandLine().orElse("").contains("3600")));
  }

  @Test
  void close_processRuns_endsIt() throws Exception {
    RunningProcess process = BLOCKED.start();
    assertTrue(process.isAlive());
    process.close();
    assertFalse(process.isAlive());
  }

  @Test
  void close_processHasEnded_changesNothing() throws Exception {
    RunningProcess process = sh("exit 3").start();
    assertEquals(3, process.waitFor());
    process.close();
    assertEquals(3, process.exitStatus().getAsInt());
    process.terminate();
    process.kill();
    assertFalse(process.signal("TERM"));
    assertTrue(process.toString().contains("ended with status 3"), process.toString());
  }

  @Test
  void stdout_readSlowlyAfterTheExit_isAllThere() throws Exception {
    try (var process = sh("dd if=/dev/zero bs=4096 count=64 2>/dev/null; exit 1").start()) {
      int count = 0;
      for (byte[] some = process.stdout().read(4096);
          some.length > 0;
          some = process.stdout().read(4096)) {
        count += some.length;
        Tandem.sleep(Duration.ofMillis(1));
      }
      assertEquals(64 * 4096, count);
      assertEquals(1, process.waitFor());
    }
  }

  @Test
  void stdin_asADevice_isTheInput() throws Exception {
    assertEquals("abc", sh("cat /dev/stdin").stdin(ProcessInput.text("abc")).check().stdout());
  }

  @Test
  void waitFor_byTenAtOnce_isTheSameForAll() throws Exception {
    try (var process = CAT.stdin(ProcessInput.pipe()).start()) {
      TaskGroup.run(
          group -> {
            List<Task<Integer>> all =
                IntStream.range(0, 10)
                    .mapToObj(i -> group.<Integer>start(() -> process.waitFor()))
                    .toList();
            process.stdin().close();
            for (Task<Integer> one : all) {
              assertEquals(0, one.await());
            }
          });
    }
  }

  @Test
  void run_tenAtOnce_eachHasItsOutput() throws Exception {
    List<Integer> numbers = IntStream.range(0, 10).boxed().toList();
    assertEquals(
        numbers.stream().map(i -> "foo" + i).toList(),
        Tandem.gather(numbers, i -> sh("echo foo" + i).check().stdout().strip()));
  }

  @Test
  void signal_atTheMomentOfTheEnd_isSentOrNot() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (var process = Subprocess.of("sleep", "0.01").start()) {
        while (process.isAlive()) {
          var _ = process.signal("CONT");
        }
        assertEquals(0, process.waitFor());
        assertFalse(process.signal("CONT"));
      }
    }
  }

  @Test
  void run_environment_isSeen() throws Exception {
    Subprocess foo = sh("printf %s $FOO").environment("FOO", "baz");
    assertEquals("baz", foo.check().stdout());
    assertEquals(
        Collections.nCopies(2, "baz"),
        List.of(foo.check().stdout(), foo.environment("BAR", "x").check().stdout()));
  }
}
