package dev.tandem.regressions;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.sync.AsyncCondition;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.Permit;
import dev.tandem.sync.RateLimiter;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bugs that the locks, semaphores and limiters of others have had. */
final class SyncTrapsTest {

  /** Failsafe 393: a wait that timed out stayed in the queue, and took a permit for good. */
  @Test
  void failsafe393_waitsThatTimeOut_takeNoPermit() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), gate.tryAcquire(ofMillis(10)));
            assertThrows(
                DeadlineExceededException.class, () -> timeout(ofMillis(10), () -> gate.acquire()));
          }
          held.close();
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  /** The same without a permit's coming back in between, as an interrupt. */
  @Test
  void failsafe393_waitsThatAreInterrupted_takeNoPermit() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          for (int i = 0; i < 10; i++) {
            Task<Thread> waiter =
                root.start(
                    () -> {
                      Thread.currentThread().interrupt();
                      assertThrows(InterruptedException.class, gate::acquire);
                      return Thread.currentThread();
                    });
            waiter.await();
          }
          held.close();
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  /** anyio 1145: cancelled waiters at the head left a lock, or a semaphore, stuck for the rest. */
  @Test
  void anyio1145_theHeadIsCancelledAtTheHandOver_theRestIsServed() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          var gate = AsyncSemaphore.of(1);
          AsyncLock.Hold held = lock.lock();
          Permit permit = gate.acquire();
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 6; i++) {
            tasks.add(
                root.start(
                    () -> {
                      try (var _ = lock.lock()) {
                        sleep(ofMillis(1));
                      }
                      try (var _ = gate.acquire()) {
                        sleep(ofMillis(1));
                      }
                    }));
            sleep(ofMillis(1));
          }
          tasks.get(0).cancel("test");
          held.close();
          tasks.get(1).cancel("test");
          sleep(ofSeconds(1));
          tasks.get(2).cancel("test");
          permit.close();
          tasks.get(3).cancel("test");
          tasks.get(4).await();
          tasks.get(5).await();
          assertFalse(lock.isLocked());
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  /** anyio 1170: between a hand-over and the wake-up another one could take the same permit. */
  @Test
  void anyio1170_whoComesBetweenHandOverAndWakeUp_getsNothing() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          Task<Permit> waiter = root.start(() -> gate.acquire());
          sleep(ofSeconds(1));
          held.close();
          // Whether the waiter has run by now or not, the permit is its.
          assertEquals(0, gate.statistics().available());
          assertEquals(Optional.empty(), gate.tryAcquire());
          waiter.await().close();
          assertEquals(1, gate.statistics().available());
        });
  }

  /** cpython gh-90155: who was cancelled with the permit in hand left those behind it waiting. */
  @Test
  void cpython90155_whoWasServedIsCancelled_thePermitGoesToTheNext() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 2; i++) {
            tasks.add(
                root.start(
                    () -> {
                      try (var _ = gate.acquire()) {
                        sleep(ofSeconds(60));
                      }
                    }));
            sleep(ofSeconds(1));
          }
          held.close();
          assertEquals(new AsyncSemaphore.Statistics(1, 0, 1), gate.statistics());
          tasks.getFirst().cancel("test");
          assertThrows(TaskCancelledException.class, () -> tasks.getFirst().await());
          tasks.getLast().await();
          assertEquals(ofSeconds(62), VirtualTime.elapsed());
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  /** anyio 1075: a waiter that had been notified and was cancelled swallowed the notification. */
  @Test
  void anyio1075_whoIsCancelledWithASignal_usesItOrLeavesItToTheNext() throws Exception {
    for (boolean signalFirst : List.of(true, false)) {
      VirtualTime.run(
          root -> {
            var condition = AsyncCondition.create();
            var served = new ArrayList<String>();
            var tasks = new ArrayList<Task<?>>();
            for (String name : List.of("first", "second")) {
              tasks.add(
                  root.start(
                      () -> {
                        try (var _ = condition.lock().lock()) {
                          condition.await();
                          served.add(name);
                        }
                      }));
              sleep(ofSeconds(1));
            }
            try (var _ = condition.lock().lock()) {
              if (signalFirst) {
                condition.signal();
              }
              tasks.getFirst().cancel("test");
              if (!signalFirst) {
                condition.signal();
              }
            }
            sleep(ofSeconds(1));
            assertEquals(List.of(signalFirst ? "first" : "second"), served);
            tasks.forEach(task -> task.cancel("enough"));
          });
    }
  }

  /** Failsafe's and Guava's limiters keep what an interrupted wait had reserved. */
  @Test
  void rateLimiter_waitsThatGiveUp_reserveNothing() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.spaced(ofSeconds(1));
          limiter.acquire();
          for (int i = 0; i < 5; i++) {
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        ofMillis(10),
                        () -> {
                          limiter.acquire();
                        }));
          }
          limiter.acquire();
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  /** A wait that swallowed its cancellation is told again by each primitive. */
  @Test
  void cancellationSwallowed_everyPrimitiveThrowsAgain() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> task =
              root.start(
                  () -> {
                    assertThrows(CancelledException.class, () -> sleep(ofSeconds(60)));
                    var limiter = RateLimiter.of(1, Duration.ofDays(1));
                    assertThrows(CancelledException.class, limiter::acquire);
                    assertTrue(limiter.tryAcquire());
                    assertThrows(CancelledException.class, AsyncSemaphore.of(1)::acquire);
                    assertThrows(CancelledException.class, AsyncLock.create()::lock);
                  });
          sleep(ofSeconds(1));
          task.cancel("test");
        });
  }
}
