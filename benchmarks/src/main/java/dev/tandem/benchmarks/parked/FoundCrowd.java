package dev.tandem.benchmarks.parked;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual threads with as much around them as somebody needs who is to find and to cancel them: a
 * set of those that run, what belongs to each by its thread, and an exception that ends the wait.
 */
final class FoundCrowd implements Crowd {

  @Override
  public void run(int count, Runnable allWait) throws InterruptedException {
    Set<Thread> running = ConcurrentHashMap.newKeySet();
    Map<Thread, AtomicBoolean> states = new ConcurrentHashMap<>();
    var waiting = new CountDownLatch(count);
    var ended = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread thread =
          Thread.ofVirtual()
              .unstarted(
                  () -> {
                    Thread self = Thread.currentThread();
                    var cancelled = new AtomicBoolean();
                    states.put(self, cancelled);
                    waiting.countDown();
                    try {
                      waitUntil(cancelled);
                    } catch (InterruptedException stopped) {
                      states.remove(self);
                      running.remove(self);
                      ended.countDown();
                    }
                  });
      running.add(thread);
      thread.start();
    }
    waiting.await();
    allWait.run();
    // All know of it before the first is woken, or that one might find others who do not.
    for (Thread thread : running) {
      AtomicBoolean cancelled = states.get(thread);
      if (cancelled != null) {
        cancelled.set(true);
      }
    }
    running.forEach(Thread::interrupt);
    ended.await();
  }

  private static void waitUntil(AtomicBoolean cancelled) throws InterruptedException {
    while (!cancelled.get()) {
      LockSupport.park();
    }
    throw new InterruptedException();
  }
}
