package dev.tandem.internal;

import java.time.Instant;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Real time, virtual threads, and timers on one daemon thread of their own. */
public final class RealRuntime implements TaskRuntime {

  /** The runtime of every scope that was not given another one. */
  public static final RealRuntime INSTANCE = new RealRuntime();

  private final long origin = System.nanoTime();
  private final ThreadFactory threads = Thread.ofVirtual().factory();

  private RealRuntime() {}

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Thread newThread(Runnable body) {
    return threads.newThread(body);
  }

  @Override
  public void start(Thread thread) {
    thread.start();
  }

  @Override
  public void ended() {}

  @Override
  public Timer schedule(long deadline, Runnable action) {
    if (deadline == NEVER) {
      return () -> {};
    }
    Future<?> future =
        Timers.POOL.schedule(action, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    while (waiter.isWaiting()) {
      if (Thread.currentThread().isInterrupted()) {
        waiter.interrupted();
      } else if (deadline == NEVER) {
        LockSupport.park(waiter);
      } else {
        long left = deadline - now();
        if (left <= 0) {
          waiter.timedOut();
        } else {
          LockSupport.parkNanos(waiter, left);
        }
      }
    }
  }

  /**
   * A pool of its own, because whatever occupies the common pool would make every deadline of the
   * program late. Timer actions only set a flag and wake a thread.
   */
  private static final class Timers {
    static final ForkJoinPool POOL =
        new ForkJoinPool(
            1,
            pool -> {
              ForkJoinWorkerThread worker =
                  ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
              worker.setName("tandem-timer");
              worker.setDaemon(true);
              return worker;
            },
            null,
            true);

    private Timers() {}
  }
}
