package dev.tandem.internal;

import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** Real time, virtual threads, and timers on one daemon thread of their own. */
public final class RealRuntime extends ObservedRuntime {

  /** The runtime of every scope that was not given another one. */
  public static final RealRuntime INSTANCE = new RealRuntime();

  private final long origin = System.nanoTime();
  private final ThreadFactory threads = Thread.ofVirtual().factory();
  private final Timers timers = new Timers(this);
  private final PlatformPatience patience = new PlatformPatience();

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
    return timers.schedule(Math.max(0, deadline), action);
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    if (deadline == NEVER) {
      park(waiter);
      return;
    }
    if (deadline <= now()) {
      waiter.timedOut();
      return;
    }
    Timer timer;
    try {
      timer = schedule(deadline, waiter::timedOut);
    } catch (Throwable noTimer) {
      // No memory, or no thread: then the wait is over, unless it was granted before.
      waiter.timedOut();
      if (waiter.isSignalled()) {
        return;
      }
      throw noTimer;
    }
    park(waiter);
    timer.cancel();
  }

  private void park(Waiter waiter) {
    patience.look(waiter);
    while (waiter.isWaiting()) {
      if (Thread.currentThread().isInterrupted()) {
        waiter.interrupted();
      } else {
        LockSupport.park(waiter);
      }
    }
  }
}
