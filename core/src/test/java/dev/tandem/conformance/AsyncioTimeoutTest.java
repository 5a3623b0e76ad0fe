package dev.tandem.conformance;

import static dev.tandem.Tandem.checkpoint;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Deadline;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of timeout. */
final class AsyncioTimeoutTest {

  @Test
  void timeout_passes_isThrownAndTheDeadlineSaysSo() throws Exception {
    VirtualTime.run(
        root -> {
          var kept = new AtomicReference<@Nullable Deadline>();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofMillis(10),
                      (Deadline deadline) -> {
                        kept.set(deadline);
                        return slow();
                      }));
          assertTrue(kept.get().isExpired());
          assertEquals(Optional.of(ZERO), kept.get().remaining());
          assertEquals(ofMillis(10), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_twoAtOneInstant_theOuterIsTheOneThatIsThrown() throws Exception {
    VirtualTime.run(
        root -> {
          var inside = new AtomicReference<@Nullable Throwable>();
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofMillis(10),
                          () -> {
                            try {
                              return timeout("inner", ofMillis(10), () -> slow());
                            } catch (InterruptedException | DeadlineExceededException thrown) {
                              inside.set(thrown);
                              throw thrown;
                            }
                          }));
          assertEquals("outer", error.owner());
          assertInstanceOf(CancelledException.class, inside.get());
        });
  }

  @Test
  void timeout_passes_theWaitInsideThrowsACancellation() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicBoolean();
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          ofMillis(10),
                          () -> {
                            try {
                              return slow();
                            } catch (CancelledException stopped) {
                              cancelled.set(true);
                              throw stopped;
                            }
                          }));
          assertTrue(cancelled.get());
          assertInstanceOf(CancelledException.class, error.getCause());
        });
  }

  @Test
  void timeout_bodyIsFaster_theDeadlineHasNotExpired() throws Exception {
    VirtualTime.run(
        root -> {
          Deadline kept =
              timeout(
                  ofSeconds(10),
                  (Deadline deadline) -> {
                    sleep(ofMillis(10));
                    return deadline;
                  });
          assertFalse(kept.isExpired());
          assertEquals(Optional.of(ofMillis(9990)), kept.remaining());
          sleep(ofSeconds(20));
          assertFalse(kept.isExpired());
        });
  }

  @Test
  void timeout_ofZeroOrLess_isRefusedBeforeTheBodyBegins() {
    var began = new AtomicBoolean();
    assertThrows(IllegalArgumentException.class, () -> timeout(ZERO, () -> began.set(true)));
    assertThrows(
        IllegalArgumentException.class, () -> timeout(ofSeconds(-11), () -> began.set(true)));
    assertFalse(began.get());
  }

  @Test
  void timeout_bodyFailsFirst_theDeadlineHasNotExpired() throws Exception {
    VirtualTime.run(
        root -> {
          var kept = new AtomicReference<@Nullable Deadline>();
          assertThrows(
              IOException.class,
              () ->
                  timeout(
                      ofMillis(10),
                      (Deadline deadline) -> {
                        kept.set(deadline);
                        throw new IOException("mine");
                      }));
          assertFalse(kept.get().isExpired());
        });
  }

  @Test
  void timeout_bodyFailsInItsCleanup_itsExceptionIsThrown() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      timeout(
                          ofMillis(10),
                          () -> {
                            try {
                              sleep(ofSeconds(10));
                            } finally {
                              failing("cleanup");
                            }
                          }));
          assertEquals("cleanup", error.getMessage());
          assertEquals(ofMillis(10), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_theTaskIsCancelledMeanwhile_thatIsNoTimeout() throws Exception {
    VirtualTime.run(
        root -> {
          var kept = new AtomicReference<@Nullable Deadline>();
          var thrown = new AtomicReference<@Nullable Throwable>();
          Task<?> task =
              root.start(
                  () ->
                      timeout(
                          ofSeconds(10),
                          (Deadline deadline) -> {
                            kept.set(deadline);
                            try {
                              return slow();
                            } catch (CancelledException stopped) {
                              thrown.set(stopped);
                              throw stopped;
                            }
                          }));
          sleep(ofSeconds(1));
          task.cancel("test");
          assertThrows(TaskCancelledException.class, task::await);
          assertInstanceOf(CancelledException.class, thrown.get());
          assertFalse(kept.get().isExpired());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_handledInATask_theTaskSucceeds() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> task =
              root.start(
                  () -> {
                    assertThrows(
                        DeadlineExceededException.class, () -> timeout(ofMillis(1), () -> slow()));
                  });
          task.await();
          assertEquals(TaskState.SUCCEEDED, task.state());
        });
  }

  @Test
  void timeout_bothPassWhileTheBodyIsBusy_theInnerIsThrownAndTheOuterCutsWhatFollows()
      throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofMillis(100),
                          () -> {
                            var inner =
                                assertThrows(
                                    DeadlineExceededException.class,
                                    () ->
                                        timeout("inner", ofMillis(10), () -> busy(ofMillis(150))));
                            assertEquals("inner in outer", inner.owner());
                            return slow();
                          }));
          assertEquals("outer", error.owner());
          assertEquals(ofMillis(150), VirtualTime.elapsed());
        });
  }

  @Test
  void reschedule_byAnotherTask_movesTheDeadlineAndTakesItAway() throws Exception {
    VirtualTime.run(
        root -> {
          var kept = new AtomicReference<@Nullable Deadline>();
          Task<?> task =
              root.start(
                  () ->
                      timeout(
                          ofSeconds(10),
                          (Deadline deadline) -> {
                            kept.set(deadline);
                            sleep(ofSeconds(50));
                            return 0;
                          }));
          sleep(ofSeconds(1));
          Deadline deadline = kept.get();
          assertEquals(Optional.of(ofSeconds(9)), deadline.remaining());
          assertTrue(deadline.reschedule(ofSeconds(29)));
          assertEquals(Optional.of(ofSeconds(29)), deadline.remaining());
          assertTrue(deadline.reschedule(ofDays(400_000)));
          assertEquals(Optional.empty(), deadline.remaining());
          sleep(ofSeconds(40));
          task.cancel("test");
          assertThrows(TaskCancelledException.class, task::await);
          assertFalse(deadline.isExpired());
          assertEquals(ofSeconds(41), VirtualTime.elapsed());
        });
  }

  @Test
  void reschedule_afterTheScopeHasEnded_saysThatItDidNothing() throws Exception {
    VirtualTime.run(
        root -> {
          Deadline kept = timeout(ofMillis(10), (Deadline deadline) -> deadline);
          assertFalse(kept.reschedule(ofMillis(20)));
          sleep(ofSeconds(1));
          assertFalse(kept.isExpired());
        });
  }

  @Test
  void timeout_insideTheCleanupOfAnother_isCancelledAtOnceUnlessShielded() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofMillis(10),
                      () -> {
                        try {
                          sleep(ofSeconds(1));
                        } finally {
                          assertThrows(
                              CancelledException.class, () -> timeout(ofMillis(10), () -> slow()));
                          assertEquals(ofMillis(10), VirtualTime.elapsed());
                          shield(
                              () -> {
                                assertThrows(
                                    DeadlineExceededException.class,
                                    () -> timeout(ofMillis(10), () -> slow()));
                              });
                        }
                      }));
          assertEquals(ofMillis(20), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_afterASwallowedCancellation_isCancelledAgain() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.cancel("test");
                assertThrows(CancelledException.class, () -> sleep(ofSeconds(1)));
                assertThrows(CancelledException.class, () -> timeout(ofSeconds(1), () -> slow()));
                assertThrows(CancelledException.class, () -> checkpoint());
              });
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  private static int busy(Duration time) throws InterruptedException {
    return shield(
        ofSeconds(10),
        () -> {
          sleep(time);
          return 1;
        });
  }

  private static int slow() throws InterruptedException {
    sleep(ofSeconds(10));
    return 1;
  }

  private static void failing(String message) {
    throw new IllegalStateException(message);
  }
}
