package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class AsyncConditionTest {

  private final AsyncCondition condition = AsyncCondition.create();
  private final List<Integer> woken = new ArrayList<>();

  /** Starts tasks that wait for a signal, the first with number 0, and lets them wait. */
  private void startWaiters(TaskGroup group, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      int number = i;
      group.start(
          () -> {
            sleep(ofSeconds(1).plusNanos(number));
            try (var _ = condition.lock().lock()) {
              condition.await();
              assertTrue(condition.lock().isHeldByCurrentThread());
              woken.add(number);
            }
          });
    }
    sleep(ofSeconds(2));
    assertEquals(count, condition.statistics().waiting());
  }

  @Test
  void signal_wakesWhoHasWaitedLongest_soManyAsAsked() throws Exception {
    VirtualTime.run(
        root -> {
          startWaiters(root, 5);
          try (var _ = condition.lock().lock()) {
            condition.signal();
            assertEquals(4, condition.statistics().waiting());
            condition.signal(2);
          }
          sleep(ofSeconds(1));
          assertEquals(List.of(0, 1, 2), woken);
          try (var _ = condition.lock().lock()) {
            condition.signalAll();
          }
          sleep(ofSeconds(1));
          assertEquals(List.of(0, 1, 2, 3, 4), woken);
        });
  }

  @RepeatedTest(50)
  void signalled_lockAgainInTheOrderInWhichTheyCame() throws Exception {
    VirtualTime.run(
        root -> {
          startWaiters(root, 20);
          try (var _ = condition.lock().lock()) {
            condition.signal(10);
            condition.signalAll();
          }
        });
    assertEquals(IntStream.range(0, 20).boxed().toList(), woken);
  }

  @Test
  void await_predicate_isAskedAtOnceAndAfterEachSignal() throws Exception {
    VirtualTime.run(
        root -> {
          var ready = new AtomicBoolean();
          Task<?> waiter =
              root.start(
                  () -> {
                    try (var _ = condition.lock().lock()) {
                      condition.await(ready::get);
                    }
                  });
          sleep(ofSeconds(1));
          try (var _ = condition.lock().lock()) {
            condition.signal();
          }
          sleep(ofSeconds(1));
          assertEquals(1, condition.statistics().waiting());
          ready.set(true);
          try (var _ = condition.lock().lock()) {
            condition.signal();
          }
          waiter.await();
          try (var _ = condition.lock().lock()) {
            condition.await(ready::get);
          }
        });
  }

  @Test
  void await_withATimeLimit_tellsWhetherItWasSignalled() throws Exception {
    VirtualTime.run(
        root -> {
          try (var _ = condition.lock().lock()) {
            assertFalse(condition.await(ofSeconds(1)));
            assertTrue(condition.lock().isHeldByCurrentThread());
            assertFalse(condition.await(() -> false, ofSeconds(1)));
            assertTrue(condition.await(() -> true, ofSeconds(1)));
            assertEquals(ofSeconds(2), VirtualTime.elapsed());
            assertEquals(0, condition.statistics().waiting());
          }
          root.start(
              () -> {
                sleep(ofNanos(1));
                try (var _ = condition.lock().lock()) {
                  condition.signal();
                }
              });
          try (var _ = condition.lock().lock()) {
            assertTrue(condition.await(ofSeconds(1)));
          }
        });
  }

  @Test
  void await_predicateThatBecomesTrueWithoutASignal_isSeenWhenTheTimeHasPassed() throws Exception {
    VirtualTime.run(
        root -> {
          try (var _ = condition.lock().lock()) {
            assertTrue(
                condition.await(
                    () -> VirtualTime.elapsed().compareTo(ofSeconds(3)) >= 0, ofSeconds(3)));
          }
        });
  }

  @Test
  void await_cancelledBeforeTheSignal_hasTheLockAgainWhenItThrows() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> waiter =
              root.start(
                  () -> {
                    try (var _ = condition.lock().lock()) {
                      assertThrows(CancelledException.class, condition::await);
                      assertTrue(condition.lock().isHeldByCurrentThread());
                      assertEquals(ofSeconds(5), VirtualTime.elapsed());
                    }
                  });
          sleep(ofSeconds(1));
          try (var _ = condition.lock().lock()) {
            waiter.cancel("test");
            sleep(ofSeconds(4));
            assertEquals(0, condition.statistics().waiting());
            assertEquals(1, condition.lock().statistics().waiting());
            condition.signal();
          }
          sleep(ofSeconds(1));
          assertFalse(condition.lock().isLocked());
        });
  }

  @Test
  void await_cancelledAfterTheSignal_returnsAndTheNextWaitThrows() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> waiter =
              root.start(
                  () -> {
                    try (var _ = condition.lock().lock()) {
                      condition.await();
                      woken.add(1);
                      assertThrows(CancelledException.class, () -> sleep(ofSeconds(1)));
                    }
                  });
          sleep(ofSeconds(1));
          try (var _ = condition.lock().lock()) {
            condition.signal();
            sleep(ofSeconds(1));
            waiter.cancel("test");
            sleep(ofSeconds(1));
          }
          sleep(ofSeconds(1));
          assertEquals(List.of(1), woken);
        });
  }

  @Test
  void await_deadlinePassesWhileItLocksAgain_interruptsWhatComesNext() throws Exception {
    VirtualTime.run(
        root -> {
          root.start(
              () -> {
                assertThrows(
                    DeadlineExceededException.class,
                    () ->
                        timeout(
                            ofSeconds(3),
                            () -> {
                              try (var _ = condition.lock().lock()) {
                                condition.await();
                              }
                              assertTrue(Thread.currentThread().isInterrupted());
                              sleep(ofSeconds(1));
                            }));
                assertFalse(Thread.currentThread().isInterrupted());
                woken.add(1);
              });
          sleep(ofSeconds(1));
          try (var _ = condition.lock().lock()) {
            condition.signal();
            sleep(ofSeconds(4));
          }
          sleep(ofSeconds(1));
          assertEquals(List.of(1), woken);
        });
  }

  @Test
  void await_underATimeout_throwsItsException() throws Exception {
    VirtualTime.run(
        root -> {
          try (var _ = condition.lock().lock()) {
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        ofSeconds(1),
                        () -> {
                          condition.await();
                        }));
            assertTrue(condition.lock().isHeldByCurrentThread());
          }
        });
  }

  @Test
  void await_ofAReentrantLock_givesItBackWholeAndHasItAsItWas() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.reentrant();
          var changed = AsyncCondition.of(lock);
          assertEquals(lock, changed.lock());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                try (var _ = lock.lock()) {
                  changed.signal();
                }
              });
          try (var _ = lock.lock()) {
            AsyncLock.Hold again = lock.lock();
            changed.await();
            assertEquals(2, lock.statistics().holds());
            again.close();
            assertEquals(1, lock.statistics().holds());
          }
          assertFalse(lock.isLocked());
        });
  }

  @Test
  void withoutTheLock_everythingIsRefused() {
    for (var error :
        List.of(
            assertThrows(LockOwnershipException.class, () -> condition.await()),
            assertThrows(LockOwnershipException.class, () -> condition.await(ofSeconds(1))),
            assertThrows(LockOwnershipException.class, () -> condition.await(() -> true)),
            assertThrows(
                LockOwnershipException.class, () -> condition.await(() -> true, ofSeconds(1))),
            assertThrows(LockOwnershipException.class, condition::signal),
            assertThrows(LockOwnershipException.class, condition::signalAll))) {
      assertTrue(error.getMessage().contains("is free, and only its owner"), error.getMessage());
    }
  }

  @Test
  void toString_tellsWhoWaitsAndOfTheLock() throws Exception {
    VirtualTime.run(
        root -> {
          startWaiters(root, 2);
          assertEquals(
              "AsyncCondition[waiting 2, of AsyncLock[free, waiting 0]]", condition.toString());
          try (var _ = condition.lock().lock()) {
            condition.signalAll();
          }
        });
  }
}
