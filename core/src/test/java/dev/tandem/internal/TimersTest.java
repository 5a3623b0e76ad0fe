package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimersTest {

  @Test
  void schedule_whileAnActionWaitsForALock_comesAllTheSame() throws Exception {
    var runtime = RealRuntime.INSTANCE;
    var lock = new ShortLock();
    var inAction = new CountDownLatch(1);
    var acted = new CountDownLatch(1);
    var second = new CountDownLatch(1);
    lock.lock();
    try {
      runtime.schedule(
          runtime.now() + 1_000_000,
          () -> {
            inAction.countDown();
            lock.lock();
            try {
              acted.countDown();
            } finally {
              lock.unlock();
            }
          });
      inAction.await();
      while (!lock.hasQueuedThreads()) {
        Thread.onSpinWait();
      }
      // Wakes the timers' thread, which finds the lock taken and parks again: give it the chance.
      runtime.schedule(runtime.now() + 1_000_000, second::countDown);
      for (int i = 0; i < 10_000; i++) {
        Thread.yield();
      }
    } finally {
      lock.unlock();
    }
    assertTrue(acted.await(20, TimeUnit.SECONDS));
    assertTrue(second.await(20, TimeUnit.SECONDS), "the wake-up was used up by the lock");
  }
}
