package dev.tandem.conformance;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of wait_for, which is timeout with one thing inside. */
final class AsyncioWaitForTest {

  @Test
  void cancel_whileTheBodyRefusesToStop_waitsForItsEnd() throws Exception {
    VirtualTime.run(
        root -> {
          var exited = new AtomicBoolean();
          Task<?> waiter =
              root.start(() -> timeout(ofMillis(400), () -> stubborn(ofMillis(200), exited)));
          sleep(ofMillis(1));
          waiter.cancel("test");
          assertThrows(TaskCancelledException.class, waiter::await);
          assertTrue(exited.get());
          assertEquals(ofMillis(200), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_whileTheBodyRefusesToStop_waitsForItsEnd() throws Exception {
    VirtualTime.run(
        root -> {
          var exited = new AtomicBoolean();
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofMillis(100), () -> stubborn(ofMillis(200), exited)));
          assertTrue(exited.get());
          assertEquals(ofMillis(200), VirtualTime.elapsed());
        });
  }

  @Test
  void await_ofATaskThatHasEnded_needsNoTime() throws Exception {
    VirtualTime.run(
        root -> {
          Task<String> task = root.start(() -> "done");
          task.await();
          assertEquals("done", timeout(ofMillis(1), () -> task.await()));
          assertEquals("done", task.outcome().orElseThrow().orElseThrow());
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void await_withALimitOfZero_isRefusedAndLeavesTheTaskAlone() throws Exception {
    VirtualTime.run(
        root -> {
          Task<String> task = root.start(() -> slowly("done"));
          sleep(ofMillis(1));
          assertThrows(IllegalArgumentException.class, () -> task.await(ZERO));
          assertThrows(IllegalArgumentException.class, () -> task.await(ofSeconds(-1)));
          assertEquals(Optional.empty(), task.outcome());
          assertEquals(TaskState.RUNNING, task.state());
        });
  }

  @Test
  void timeout_aroundAnAwait_leavesTheTaskToItsGroup() throws Exception {
    VirtualTime.run(
        root -> {
          Task<String> task = root.start(() -> slowly("done"));
          assertThrows(
              DeadlineExceededException.class, () -> timeout(ofMillis(100), () -> task.await()));
          assertEquals(ofMillis(100), VirtualTime.elapsed());
          assertEquals(TaskState.RUNNING, task.state());
          assertEquals("done", task.await());
        });
  }

  @Test
  void timeout_aroundTheWorkItself_endsIt() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicBoolean(true);
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofMillis(100),
                      () -> {
                        try {
                          return slowly("done");
                        } finally {
                          running.set(false);
                        }
                      }));
          assertFalse(running.get());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_theWaitIsGrantedInTime_returns() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          root.start(
              () -> {
                try (var _ = gate.acquire()) {
                  sleep(ofMillis(100));
                }
              });
          String result =
              timeout(
                  ofMillis(200),
                  () -> {
                    sleep(ofMillis(1));
                    try (var _ = gate.acquire()) {
                      return "ok";
                    }
                  });
          assertEquals("ok", result);
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_theBodyNeedsTimeToStop_isThrownWhenItHasStopped() throws Exception {
    VirtualTime.run(
        root -> {
          var done = new AtomicBoolean();
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          ofMillis(1),
                          () -> {
                            try {
                              sleep(ofSeconds(10));
                            } finally {
                              stubborn(ofMillis(1), done);
                            }
                          }));
          assertInstanceOf(CancelledException.class, error.getCause());
          assertEquals(ofMillis(2), VirtualTime.elapsed());
          assertTrue(done.get());
        });
  }

  @Test
  void timeout_theBodyFailsWhileItStops_throwsThatFailure() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              IOException.class,
              () ->
                  timeout(
                      ofMillis(1),
                      () -> {
                        try {
                          return slowly("done");
                        } catch (CancelledException stopped) {
                          throw new IOException("while stopping");
                        }
                      }));
          assertEquals(ofMillis(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_theAwaiterOfATask_endsTheWaitAtOnceAndLeavesTheTask() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> task =
              root.start(
                  () -> {
                    sleep(ofMillis(900));
                    return 42;
                  });
          Task<?> waiter = root.start(() -> timeout(ofMillis(100), () -> task.await()));
          sleep(ofMillis(50));
          waiter.cancel("test");
          assertThrows(TaskCancelledException.class, waiter::await);
          assertEquals(ofMillis(50), VirtualTime.elapsed());
          assertEquals(42, task.await());
        });
  }

  @Test
  void cancel_whoeverHasATimeoutAroundItsWork_endsTheWork() throws Exception {
    VirtualTime.run(
        root -> {
          var inside = new AtomicReference<@Nullable Task<?>>();
          Task<?> waiter =
              root.start(
                  () ->
                      timeout(
                          ofSeconds(60),
                          () ->
                              TaskGroup.run(
                                  group -> {
                                    inside.set(group.start(() -> slowly("done")));
                                  })));
          sleep(ofMillis(1));
          waiter.cancel("test");
          assertThrows(TaskCancelledException.class, waiter::await);
          assertEquals(TaskState.CANCELLED, inside.get().state());
          assertEquals(ofMillis(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_whenTheBodyHasReturned_isDeliveredByTheNextWait() throws Exception {
    VirtualTime.run(
        root -> {
          var returned = new AtomicBoolean();
          var reachedTheEnd = new AtomicBoolean();
          Task<?> task =
              root.start(
                  () -> {
                    timeout(ofSeconds(100), () -> shield(() -> sleep(ofSeconds(1))));
                    returned.set(true);
                    sleep(ofSeconds(1));
                    reachedTheEnd.set(true);
                  });
          sleep(ofSeconds(1));
          task.cancel("test");
          assertThrows(TaskCancelledException.class, task::await);
          assertFalse(reachedTheEnd.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  private static void stubborn(Duration time, AtomicBoolean exited) throws InterruptedException {
    shield(
        () -> {
          sleep(time);
          exited.set(true);
        });
  }

  private static String slowly(String result) throws InterruptedException {
    sleep(ofSeconds(10));
    return result;
  }
}
