package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncLock;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of locks. */
final class AsyncioLockTest {

  private final AsyncLock lock = AsyncLock.create();
  private final List<Integer> had = new ArrayList<>();

  /** Starts tasks that wait for the lock one behind the other. */
  private List<Task<?>> startWaiters(TaskGroup group, int count) throws InterruptedException {
    var tasks = new ArrayList<Task<?>>();
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(
          group.start(
              () -> {
                try (var _ = lock.lock()) {
                  had.add(number);
                  sleep(ofSeconds(10));
                }
              }));
      sleep(ofSeconds(1));
    }
    return tasks;
  }

  @Test
  void cancel_whoIsNextWhileTheOwnerGivesBack_theOneBehindHasIt() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncLock.Hold held = lock.lock();
          List<Task<?>> tasks = startWaiters(root, 2);
          tasks.getFirst().cancel("test");
          held.close();
          assertThrows(TaskCancelledException.class, () -> tasks.getFirst().await());
          tasks.getLast().await();
          assertEquals(List.of(1), had);
          assertFalse(lock.isLocked());
        });
  }

  @Test
  void cancel_whoHasJustBeenGivenTheLock_passesItOn() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncLock.Hold held = lock.lock();
          List<Task<?>> tasks = startWaiters(root, 2);
          held.close();
          tasks.getFirst().cancel("test");
          assertThrows(TaskCancelledException.class, () -> tasks.getFirst().await());
          tasks.getLast().await();
          assertFalse(lock.isLocked());
        });
  }

  @Test
  void cancel_theFirstOfThreeAndGiveBack_exactlyOneHasTheLock() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncLock.Hold held = lock.lock();
          List<Task<?>> tasks = startWaiters(root, 3);
          tasks.get(0).cancel("test");
          held.close();
          sleep(ofSeconds(1));
          assertEquals(List.of(1), had);
          assertEquals(1, lock.statistics().waiting());
          tasks.get(2).cancel("test");
        });
  }

  @Test
  void close_withoutWaiters_theLockIsFree_andASecondTimeDoesNothing() throws Exception {
    AsyncLock.Hold held = lock.lock();
    assertTrue(lock.isLocked());
    held.close();
    assertFalse(lock.isLocked());
    held.close();
    assertFalse(lock.isLocked());
  }
}
