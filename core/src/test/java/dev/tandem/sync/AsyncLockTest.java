package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AsyncLockTest {

  @Test
  void lock_waiters_haveItInTurn() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          List<Integer> order = new ArrayList<>();
          AsyncLock.Hold held = lock.lock();
          for (int i = 0; i < 4; i++) {
            int number = i;
            root.start(
                () -> {
                  sleep(ofSeconds(1).plusNanos(number));
                  try (var _ = lock.lock()) {
                    order.add(number);
                    sleep(ofSeconds(1));
                  }
                });
          }
          sleep(ofSeconds(2));
          assertEquals(4, lock.statistics().waiting());
          held.close();
          sleep(ofSeconds(9));
          assertEquals(List.of(0, 1, 2, 3), order);
          assertFalse(lock.isLocked());
        });
  }

  @Test
  void lock_givenBack_nobodyGetsInBetween() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          AsyncLock.Hold held = lock.lock();
          Task<?> waiter = root.start("waiter", () -> lock.lock());
          sleep(ofSeconds(1));
          held.close();
          // The waiter has not run yet, and is the owner nevertheless.
          assertEquals(Optional.empty(), lock.tryLock());
          waiter.await();
        });
  }

  @Test
  void lock_theOwnerAgain_isRefusedWithAWordOnWhatToDo() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            root.start(
                    "worker",
                    () -> {
                      var lock = AsyncLock.create("stock");
                      try (var _ = lock.lock()) {
                        var refused = assertThrows(SelfDeadlockException.class, lock::lock);
                        assertTrue(refused.getMessage().contains("worker"), refused.getMessage());
                        assertTrue(refused.getMessage().contains("AsyncLock 'stock'"));
                        assertTrue(refused.getMessage().contains("reentrant()"));
                        assertThrows(SelfDeadlockException.class, lock::tryLock);
                        assertThrows(SelfDeadlockException.class, () -> lock.tryLock(ofSeconds(1)));
                        assertTrue(lock.isHeldByCurrentThread());
                      }
                      assertFalse(lock.isHeldByCurrentThread());
                    })
                .await());
  }

  @Test
  void lock_reentrant_isFreeWhenEveryHoldIsClosed() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.reentrant("tree");
          AsyncLock.Hold first = lock.lock();
          AsyncLock.Hold second = lock.lock();
          AsyncLock.Hold third = lock.tryLock(ofSeconds(1)).orElseThrow();
          assertEquals(3, lock.statistics().holds());
          Task<?> other =
              root.start(
                  () -> {
                    assertEquals(Optional.empty(), lock.tryLock());
                    lock.lock().close();
                  });
          sleep(ofSeconds(1));
          first.close();
          first.close();
          third.close();
          assertEquals(1, lock.statistics().holds());
          assertTrue(lock.isLocked());
          second.close();
          other.await();
          assertFalse(lock.isLocked());
          assertEquals("AsyncLock 'tree'[free, waiting 0]", lock.toString());
        });
  }

  @Test
  void close_byAnotherThread_isRefused() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          try (AsyncLock.Hold held = lock.lock()) {
            Task<LockOwnershipException> thief =
                root.start("thief", () -> assertThrows(LockOwnershipException.class, held::close));
            String told = thief.await().getMessage();
            assertTrue(told.contains("thief"), told);
            assertTrue(lock.isHeldByCurrentThread());
          }
        });
  }

  @Test
  void toString_tellsTheOwnersPathAndWhoWaits() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.reentrant("stock");
          Task<String> owner =
              root.start(
                  "owner",
                  () -> {
                    try (var _ = lock.lock();
                        var again = lock.lock()) {
                      sleep(ofSeconds(1));
                      return lock.toString() + (again == null);
                    }
                  });
          // Once time goes on, the owner has what it wants.
          sleep(ofMillis(1));
          root.start(() -> lock.lock().close());
          assertTrue(
              owner.await().matches("AsyncLock 'stock'\\[held by .*owner 2 times, waiting 1]false"),
              owner.await());
        });
    var outside = AsyncLock.create();
    try (var _ = outside.lock()) {
      String name = Thread.currentThread().getName();
      assertEquals(Optional.of(name), outside.statistics().owner());
      assertEquals("AsyncLock[held by " + name + ", waiting 0]", outside.toString());
    }
  }

  @Test
  void tryLock_withATimeLimit_waitsThatLong() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          root.start(
              () -> {
                try (var _ = lock.lock()) {
                  sleep(ofSeconds(5));
                }
              });
          sleep(ofSeconds(1));
          assertEquals(Optional.empty(), lock.tryLock());
          assertEquals(Optional.empty(), lock.tryLock(ofSeconds(3)));
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
          assertEquals(0, lock.statistics().waiting());
          lock.tryLock(ofSeconds(3)).orElseThrow().close();
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void lock_whoWaitsIsCancelled_leavesTheQueueAndTheNextIsServed() throws Exception {
    VirtualTime.run(
        root -> {
          var lock = AsyncLock.create();
          AsyncLock.Hold held = lock.lock();
          Task<?> first = root.start(() -> lock.lock());
          sleep(ofSeconds(1));
          Task<?> second = root.start(() -> lock.lock().close());
          root.start(
              () ->
                  assertThrows(
                      DeadlineExceededException.class,
                      () -> timeout(ofSeconds(1), () -> lock.lock())));
          sleep(ofSeconds(2));
          first.cancel("test");
          assertThrows(TaskCancelledException.class, first::await);
          assertEquals(1, lock.statistics().waiting());
          held.close();
          second.await();
          assertFalse(lock.isLocked());
        });
  }

  @Test
  void run_holdsTheLockWhileTheBodyRuns() throws Exception {
    var lock = AsyncLock.create();
    assertEquals(true, lock.<Boolean, Exception>run(() -> lock.isHeldByCurrentThread()));
    var inside = new ArrayList<Boolean>();
    lock.run(
        () -> {
          inside.add(lock.isLocked());
        });
    assertEquals(List.of(true), inside);
    assertThrows(
        IllegalStateException.class,
        () ->
            lock.run(
                () -> {
                  throw new IllegalStateException("expected");
                }));
    assertFalse(lock.isLocked());
  }
}
