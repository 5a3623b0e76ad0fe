package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lock for brief sections, wanted by threads that are interrupted. */
@Timeout(60)
final class BriefLockTest {

  private final BriefLock lock = new BriefLock();

  private static void untilItSleeps(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lock_interruptedBeforeOrMeanwhile_theFlagIsUpAfterwards(boolean before) throws Exception {
    for (boolean virtual : List.of(true, false)) {
      var flagged = new AtomicBoolean();
      Runnable body =
          () -> {
            if (before) {
              Thread.currentThread().interrupt();
            }
            lock.lock();
            flagged.set(Thread.currentThread().isInterrupted());
            lock.unlock();
          };
      lock.lock();
      Thread thread = virtual ? Thread.startVirtualThread(body) : Thread.ofPlatform().start(body);
      untilItSleeps(thread);
      if (!before) {
        thread.interrupt();
      }
      lock.unlock();
      thread.join();
      assertTrue(flagged.get());
    }
  }

  @Test
  void lock_interruptedFromOutsideAndThenCancelled_theInterruptIsThereBehindTheGroup()
      throws Exception {
    var there = new AtomicBoolean();
    var group = new CompletableFuture<TaskGroup>();
    lock.lock();
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try {
                TaskGroup.run(
                    (TaskGroup own) -> {
                      Thread.currentThread().interrupt();
                      group.complete(own);
                      lock.lock();
                      lock.unlock();
                    });
                there.set(Thread.interrupted());
              } catch (InterruptedException told) {
                there.set(true);
              }
            });
    TaskGroup cancelled = group.join();
    untilItSleeps(thread);
    cancelled.cancel("while it waits for the lock");
    lock.unlock();
    thread.join();
    assertTrue(there.get());
  }

  @Test
  void lock_moreInterruptedThreadsThanCarriers_theHolderGetsOn() throws Exception {
    var held = new CountDownLatch(1);
    Thread holder =
        Thread.startVirtualThread(
            () -> {
              lock.lock();
              held.countDown();
              LockSupport.parkNanos(100_000_000);
              lock.unlock();
            });
    held.await();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      others.add(
          Thread.startVirtualThread(
              () -> {
                Thread.currentThread().interrupt();
                lock.lock();
                lock.unlock();
              }));
    }
    holder.join();
    for (Thread other : others) {
      other.join();
    }
  }
}
