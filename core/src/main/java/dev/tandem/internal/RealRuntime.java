package dev.tandem.internal;

import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

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

  // In one piece: a parked thread holds each frame.
  @Override
  public void park(Waiter waiter, long deadline) {
    Timer timer = deadline == NEVER ? null : endsAt(deadline, waiter);
    if (waiter.isWaiting()) {
      patience.look(waiter);
    }
    while (waiter.isWaiting()) {
      if (Thread.currentThread().isInterrupted()) {
        waiter.interrupted();
      } else if (!waiter.lookIfAlerted(Alerting.LOOKS)) {
        LockSupport.park(waiter);
      }
    }
    if (timer != null) {
      timer.cancel();
    }
  }

  /** The timer that ends the wait; null when the wait is over already. */
  private @Nullable Timer endsAt(long deadline, Waiter waiter) {
    if (deadline <= now()) {
      waiter.timedOut();
      return null;
    }
    try {
      return schedule(deadline, waiter::timedOut);
    } catch (Throwable noTimer) {
      // No memory, or no thread: then the wait is over, unless it was granted before.
      waiter.timedOut();
      if (waiter.isSignalled()) {
        return null;
      }
      throw noTimer;
    }
  }
}
