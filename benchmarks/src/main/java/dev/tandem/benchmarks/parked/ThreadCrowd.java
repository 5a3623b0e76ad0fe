package dev.tandem.benchmarks.parked;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Bare virtual threads, parked; an array is all that holds them together. */
final class ThreadCrowd implements Crowd {

  @Override
  public void run(int count, Runnable allWait) throws InterruptedException {
    var threads = new Thread[count];
    var started = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      threads[i] =
          Thread.startVirtualThread(
              () -> {
                started.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                  LockSupport.park();
                }
              });
    }
    started.await();
    allWait.run();
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
