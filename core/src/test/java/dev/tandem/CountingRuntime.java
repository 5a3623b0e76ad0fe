package dev.tandem;

import dev.tandem.internal.RealRuntime;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Real time, with a count of the timers that are armed and the threads that run. */
final class CountingRuntime implements TaskRuntime {

  private final AtomicInteger timers = new AtomicInteger();
  private final AtomicInteger threads = new AtomicInteger();

  /** Timers that have neither gone off nor been cancelled. */
  int timers() {
    return timers.get();
  }

  /** Threads that were started and have not ended. */
  int threads() {
    return threads.get();
  }

  @Override
  public long now() {
    return RealRuntime.INSTANCE.now();
  }

  @Override
  public Thread newThread(Runnable body) {
    return RealRuntime.INSTANCE.newThread(body);
  }

  @Override
  public void start(Thread thread) {
    threads.incrementAndGet();
    RealRuntime.INSTANCE.start(thread);
  }

  @Override
  public void ended() {
    threads.decrementAndGet();
  }

  @Override
  public Timer schedule(long deadline, Runnable action) {
    timers.incrementAndGet();
    var over = new AtomicBoolean();
    Runnable counted =
        () -> {
          action.run();
          count(over);
        };
    Timer timer = RealRuntime.INSTANCE.schedule(deadline, counted);
    return () -> {
      timer.cancel();
      count(over);
    };
  }

  private void count(AtomicBoolean over) {
    if (over.compareAndSet(false, true)) {
      timers.decrementAndGet();
    }
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    RealRuntime.INSTANCE.park(waiter, deadline);
  }
}
