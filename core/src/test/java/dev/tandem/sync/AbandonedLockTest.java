package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An owner that ends without giving the lock back: nobody waits for it. */
final class AbandonedLockTest {

  private static Task<?> forgetful(TaskGroup root, AsyncLock lock) {
    return root.start(
        "forgetful",
        () -> {
          AsyncLock.Hold kept = lock.lock();
          sleep(ofSeconds(2));
          assertTrue(lock.isHeldByCurrentThread(), kept::toString);
        });
  }

  private static void assertTold(LockOwnershipException told) {
    assertTrue(told.getMessage().contains("AsyncLock 'stock'"), told.getMessage());
    assertTrue(told.getMessage().contains("forgetful"), told.getMessage());
  }

  @Test
  void lock_afterItsOwnerHasEnded_isRefusedNamingTheOwner() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          forgetful(root, lock).await();
          assertTold(assertThrows(LockOwnershipException.class, lock::lock));
          assertTold(assertThrows(LockOwnershipException.class, () -> lock.tryLock(ofSeconds(5))));
          assertTold(assertThrows(LockOwnershipException.class, lock::tryLock));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(0, lock.statistics().waiting());
          assertTrue(lock.toString().contains("forgetful, which has ended"), lock.toString());
        });
  }

  @Test
  void lock_whileTheOwnerEnds_allWhoWaitAreTold() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          forgetful(root, lock);
          List<Task<LockOwnershipException>> waiting = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            waiting.add(
                root.start(
                    () -> {
                      sleep(ofSeconds(1));
                      return assertThrows(LockOwnershipException.class, lock::lock);
                    }));
          }
          for (Task<LockOwnershipException> each : waiting) {
            assertTold(each.await());
          }
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void lock_whoWasHandedItEnds_thoseBehindAreTold() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.reentrant("stock");
          AsyncLock.Hold mine = lock.lock();
          Task<?> forgetful = forgetful(root, lock);
          sleep(ofSeconds(1));
          Task<LockOwnershipException> behind =
              root.start(() -> assertThrows(LockOwnershipException.class, lock::lock));
          sleep(ofSeconds(1));
          mine.close();
          forgetful.await();
          assertTold(behind.await());
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
        });
  }

  @Test
  void lock_ownerThatWasWaitedForGivesItBackAndEnds_nobodyIsTold() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          Task<?> owner =
              root.start(
                  () -> {
                    AsyncLock.Hold held = lock.lock();
                    sleep(ofSeconds(2));
                    held.close();
                  });
          Task<?> next =
              root.start(
                  () -> {
                    sleep(ofSeconds(1));
                    try (var _ = lock.lock()) {
                      sleep(ofSeconds(5));
                    }
                  });
          owner.await();
          lock.lock().close();
          assertEquals(ofSeconds(7), VirtualTime.elapsed());
          next.await();
          assertFalse(lock.isLocked());
        });
  }

  @Test
  void lock_ofATaskThatWasCancelled_isRefused() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          Task<?> forgetful = forgetful(root, lock);
          Task<LockOwnershipException> waiting =
              root.start(
                  () -> {
                    sleep(ofSeconds(1));
                    return assertThrows(LockOwnershipException.class, lock::lock);
                  });
          sleep(ofSeconds(1).plusMillis(1));
          forgetful.cancel("test");
          assertThrows(TaskCancelledException.class, forgetful::await);
          assertTold(waiting.await());
        });
  }

  @Test
  void lock_ofAPlainThreadThatHasEnded_whoComesIsToldAndSoAreThoseWhoWait() throws Exception {
    var lock = AsyncLock.create("stock");
    Thread owner =
        Thread.ofVirtual()
            .name("forgetful")
            .start(
                () -> {
                  assertTrue(lock.tryLock().isPresent());
                  while (lock.statistics().waiting() == 0) {
                    Thread.yield();
                  }
                });
    TaskGroup.run(
        group -> {
          while (!lock.isLocked()) {
            Thread.yield();
          }
          group.start(() -> assertTold(assertThrows(LockOwnershipException.class, lock::lock)));
          owner.join();
          assertTold(assertThrows(LockOwnershipException.class, lock::lock));
        });
  }

  @Test
  void await_signalledWhenTheOwnerEnds_isToldAndHasNotTheLock() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          var condition = AsyncCondition.of(lock);
          Task<LockOwnershipException> signalled = root.start(() -> awaitInVain(lock, condition));
          sleep(ofSeconds(1));
          root.start(
              "forgetful",
              () -> {
                AsyncLock.Hold kept = lock.lock();
                condition.signal();
                sleep(ofSeconds(1));
                assertTrue(lock.isHeldByCurrentThread(), kept::toString);
              });
          assertTold(signalled.await());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void await_cancelledAsTheOwnerEnds_virtualTimeGoesOn() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      VirtualTime.seed(seed)
          .run(
              root -> {
                var condition = AsyncCondition.create();
                try {
                  TaskGroup.run(
                      (TaskGroup group) -> {
                        cancelledInTheCondition(group, condition);
                      });
                } catch (TaskGroupException told) {
                  assertInstanceOf(LockOwnershipException.class, told.getCause());
                }
                sleep(ofSeconds(1));
                assertEquals(ofSeconds(3), VirtualTime.elapsed());
              });
    }
  }

  private static void cancelledInTheCondition(TaskGroup group, AsyncCondition condition)
      throws InterruptedException {
    group.start(
        () -> {
          try (var _ = condition.lock().lock()) {
            condition.await();
          }
        });
    group.start(
        () -> {
          sleep(ofSeconds(1));
          condition.lock().lock();
          sleep(ofSeconds(9));
        });
    sleep(ofSeconds(2));
    group.cancel("test");
  }

  @Test
  void await_cancelledBeforeTheOwnerEnds_isToldWithTheCancellation() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          var condition = AsyncCondition.of(lock);
          List<LockOwnershipException> told = new ArrayList<>();
          Task<?> cancelled = root.start(() -> told.add(awaitInVain(lock, condition)));
          sleep(ofSeconds(1));
          Task<?> forgetful = forgetful(root, lock);
          sleep(ofSeconds(1));
          cancelled.cancel("test");
          forgetful.await();
          cancelled.await();
          assertTold(told.getFirst());
          assertTrue(told.getFirst().getSuppressed()[0] instanceof InterruptedException);
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void await_whenTheOwnerEnds_allWhoWaitForASignalAreTold() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          var first = AsyncCondition.of(lock);
          var second = AsyncCondition.of(lock);
          List<Task<LockOwnershipException>> waiting =
              List.of(
                  root.start(() -> awaitInVain(lock, first)),
                  root.start(() -> awaitInVain(lock, first)),
                  root.start(() -> awaitInVain(lock, second)));
          sleep(ofSeconds(1));
          forgetful(root, lock);
          for (Task<LockOwnershipException> each : waiting) {
            assertTold(each.await());
          }
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(0, first.statistics().waiting() + second.statistics().waiting());
        });
  }

  @Test
  void await_withATimeWhenTheOwnerEnds_isToldAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create("stock");
          var condition = AsyncCondition.of(lock);
          AsyncLock.Hold held = lock.lock();
          forgetful(root, lock);
          assertTold(
              assertThrows(LockOwnershipException.class, () -> condition.await(ofSeconds(3))));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          held.close();
          assertTrue(lock.isLocked());
        });
  }

  private static LockOwnershipException awaitInVain(AsyncLock lock, AsyncCondition condition)
      throws InterruptedException {
    try (var _ = lock.lock()) {
      return assertThrows(LockOwnershipException.class, condition::await);
    } finally {
      assertFalse(lock.isHeldByCurrentThread());
    }
  }
}
