package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BriefLockTest {

  private static final int LOOKS = 2_000_000;

  private final BriefLock lock = new BriefLock();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lock_byAnInterruptedThread_theFlagStaysUpForAllToSee(boolean virtual) throws Exception {
    var coming = new CountDownLatch(1);
    var entered = new AtomicBoolean();
    var flagged = new AtomicBoolean();
    Runnable body =
        () -> {
          Thread.currentThread().interrupt();
          coming.countDown();
          lock.lock();
          flagged.set(Thread.currentThread().isInterrupted());
          entered.set(true);
          lock.unlock();
        };
    lock.lock();
    Thread thread = virtual ? Thread.startVirtualThread(body) : Thread.ofPlatform().start(body);
    coming.await();
    int down = 0;
    for (int i = 0; i < LOOKS; i++) {
      if (!thread.isInterrupted()) {
        down++;
      }
    }
    assertTrue(!entered.get());
    lock.unlock();
    thread.join();
    assertEquals(0, down, "who looked was told that there was no interrupt");
    assertTrue(flagged.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lock_interruptedWhileItSleeps_theFlagStaysUp(boolean virtual) throws Exception {
    var flagged = new AtomicBoolean();
    Runnable body =
        () -> {
          lock.lock();
          flagged.set(Thread.currentThread().isInterrupted());
          lock.unlock();
        };
    lock.lock();
    Thread thread = virtual ? Thread.startVirtualThread(body) : Thread.ofPlatform().start(body);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    int down = 0;
    for (int i = 0; i < LOOKS; i++) {
      if (!thread.isInterrupted()) {
        down++;
      }
    }
    lock.unlock();
    thread.join();
    assertEquals(0, down);
    assertTrue(flagged.get());
  }
}
