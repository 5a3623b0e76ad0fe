package dev.tandem.regressions;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Deadline;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Gather;
import dev.tandem.Outcome;
import dev.tandem.Task;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Traps that others fell into with deadlines, one test each, with where it was reported. */
final class DeadlineTrapsTest {

  private static int sleepLong() throws InterruptedException {
    sleep(ofSeconds(60));
    return 0;
  }

  // trio#2512: a relative deadline counted from where it was written down, not from its entry.
  @Test
  void deadline_constructedEarlyEnteredLate_countsFromEntry() throws Exception {
    VirtualTime.run(
        root -> {
          Gather.Timed<Integer> prepared = Gather.over(List.of(1)).timeout(ofSeconds(5));
          sleep(ofSeconds(10));
          assertEquals(
              List.of(1),
              prepared.run(
                  i -> {
                    sleep(ofSeconds(4));
                    return i;
                  }));
        });
  }

  // kotlinx.coroutines#1374, #2394: a timeout was a cancellation, and its task ended as if well.
  @Test
  void timeout_ofAChild_isAFailureOfTheChildAndNotACancellation() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          TaskFailedException seen =
              TaskGroup.run(
                  (TaskGroup group) -> {
                    try {
                      TaskGroup.collect(
                          inner -> {
                            Task<Integer> slow =
                                inner.start(
                                    "slow",
                                    () -> timeout(ofSeconds(1), DeadlineTrapsTest::sleepLong));
                            assertThrows(TaskFailedException.class, slow::await);
                          });
                    } catch (TaskGroupException failed) {
                      return failed.failures().getFirst();
                    }
                    throw new AssertionError("the timeout has vanished");
                  });
          assertInstanceOf(DeadlineExceededException.class, seen.failure());
          return 0;
        });
  }

  // kotlinx.coroutines#1374 again: code that tolerates cancellation swallowed the timeout.
  @Test
  void timeout_outsideItsScope_isNotCaughtAsAnInterrupt() throws Exception {
    VirtualTime.run(
        root -> {
          Exception seen;
          try {
            timeout(ofSeconds(1), DeadlineTrapsTest::sleepLong);
            throw new AssertionError();
          } catch (InterruptedException cancelled) {
            throw new AssertionError("a timeout must not look like a cancellation", cancelled);
          } catch (DeadlineExceededException told) {
            seen = told;
          }
          assertFalse(InterruptedException.class.isInstance(seen));
        });
  }

  // jox: durations went through toMillis, and half a millisecond was no time at all.
  @Test
  void timeout_ofLessThanAMillisecond_givesThatTime() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(7, timeout(ofNanos(500_000), () -> answerAfter(499_999)));
          assertEquals(Optional.empty(), moveOnAfter(ofNanos(1), () -> answerAfter(2)));
          var gate = AsyncSemaphore.of(1);
          var held = gate.acquire();
          assertEquals(Optional.empty(), gate.tryAcquire(ofNanos(10)));
          held.close();
          assertEquals(ofNanos(500_010), VirtualTime.elapsed());
        });
  }

  private static int answerAfter(int nanos) throws InterruptedException {
    sleep(ofNanos(nanos));
    return 7;
  }

  // cpython#116720, #117407: a group whose child failed swallowed the timeout around it.
  @Test
  void timeout_passesWhileAnInnerGroupFails_isStillTold() throws Exception {
    VirtualTime.run(
        root -> {
          var behind = new AtomicInteger();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () -> {
                        try {
                          TaskGroup.run(
                              group -> {
                                group.start(
                                    () -> {
                                      try {
                                        sleepLong();
                                      } finally {
                                        throwFailure();
                                      }
                                    });
                              });
                        } catch (TaskGroupException caught) {
                          behind.incrementAndGet();
                        }
                        sleep(ofSeconds(1));
                      }));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  private static void throwFailure() {
    throw new IllegalStateException("failed while cleaning up");
  }

  // cpython#95289: after a cancellation was taken back, the next one was miscounted.
  @Test
  void timeout_afterManyThatWereCaught_worksLikeTheFirst() throws Exception {
    VirtualTime.run(
        root -> {
          for (int i = 1; i <= 5; i++) {
            assertThrows(
                DeadlineExceededException.class,
                () -> timeout(ofSeconds(1), DeadlineTrapsTest::sleepLong));
            assertFalse(Thread.currentThread().isInterrupted());
            sleep(ofSeconds(1));
            assertEquals(ofSeconds(2L * i), VirtualTime.elapsed());
          }
        });
  }

  // cpython#111379, #81917: a body that swallows the cancellation and returns; is that a timeout?
  @Test
  void timeout_bodySwallowsAndReturns_itsValueCounts() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                "late",
                timeout(
                    ofSeconds(1),
                    (Deadline deadline) -> {
                      assertThrows(CancelledException.class, DeadlineTrapsTest::sleepLong);
                      assertTrue(deadline.isExpired());
                      return "late";
                    })));
  }

  // bluetape4k-projects#953: a shim took every interrupt for its timeout.
  @Test
  void timeout_interruptedFromOutsideBeforeItPasses_isNoTimeout() throws Exception {
    Thread.currentThread().interrupt();
    var told =
        assertThrows(
            InterruptedException.class, () -> timeout(ofSeconds(60), DeadlineTrapsTest::sleepLong));
    assertEquals(InterruptedException.class, told.getClass());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  // failsafe#393: a wait that timed out stayed in the queue and was handed the next permit.
  @Test
  void acquire_timedOut_isHandedNothingLater() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          var held = gate.acquire();
          for (int i = 0; i < 3; i++) {
            assertThrows(
                DeadlineExceededException.class, () -> timeout(ofSeconds(1), () -> gate.acquire()));
          }
          held.close();
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  // cpython#75633, #76935: gather left the siblings of a failure running.
  @Test
  void gather_timedOut_endsEveryItem() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () ->
                          Gather.over(List.of(1, 2, 3))
                              .outcomes(
                                  i -> {
                                    running.incrementAndGet();
                                    try {
                                      return sleepLong();
                                    } finally {
                                      running.decrementAndGet();
                                    }
                                  })));
          assertEquals(0, running.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          List<Outcome<Integer, Integer>> next = Gather.over(List.of(1)).outcomes(i -> i);
          assertEquals(1, next.size());
        });
  }
}
