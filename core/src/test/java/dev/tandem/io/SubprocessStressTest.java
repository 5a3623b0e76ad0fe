package dev.tandem.io;

import static dev.tandem.io.SubprocessTest.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that are stopped at any moment: no process, pipe or thread may be left. */
@Tag("stress")
final class SubprocessStressTest {

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }

  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tandem-process"))
        .count();
  }

  @Test
  void run_stoppedAtAnyMoment_leavesNothing() throws Exception {
    long pipes = Accounts.pipes();
    Subprocess[] programs = {
      Subprocess.of("true"),
      Subprocess.of("sleep", "1000"),
      Subprocess.of("cat").stdin(ProcessInput.bytes(new byte[200_000])),
      sh("seq 1 10000; seq 1 10000 >&2"),
      sh("sleep 1000 & echo hi; wait"),
      sh("read a; echo $a").withoutNamedPipes(),
      Subprocess.of("sleep", "1000").withoutNamedPipes()
    };
    Stress.repeat(
        () ->
            TaskGroup.run(
                group -> {
                  for (Subprocess program : programs) {
                    group.start(() -> stopSoon(program.grace(Duration.ofMillis(500))));
                  }
                }));
    Loopback.until(() -> children() == 0);
    Accounts.settlePipes(pipes);
    Loopback.until(() -> platformThreads() == 0);
    assertEquals(0, children());
  }

  private static void stopSoon(Subprocess program) throws Exception {
    boolean started = ThreadLocalRandom.current().nextBoolean();
    var done =
        Tandem.moveOnAfter(
            Stress.micros(20_000),
            () -> {
              if (!started) {
                return program.run().exitStatus();
              }
              try (var process = program.start()) {
                return process.stdout().readAll(1 << 20).length;
              }
            });
    assertTrue(done.isEmpty() || done.get() >= 0);
  }
}
