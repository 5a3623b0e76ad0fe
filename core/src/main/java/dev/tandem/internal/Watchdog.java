package dev.tandem.internal;

import dev.tandem.internal.VirtualRuntime.Stop;
import org.jspecify.annotations.Nullable;

/**
 * Looks in real time after a program in virtual time. Who has the turn and blocks outside Tandem,
 * where virtual time cannot help, lets others go on; when nothing goes on for long, the log is told
 * where it stands; and a program that takes too long is ended.
 */
public final class Watchdog implements Runnable, AutoCloseable {

  private static final long BETWEEN_LOOKS = 50_000_000;

  /** So many looks in a row show that the holder of the turn is blocked. */
  private static final int BLOCKED = 3;

  /** So many looks at the same step show that time stands still. */
  private static final int STILL = 40;

  private static final TaskRuntime REAL = RealRuntime.INSTANCE;

  private final VirtualRuntime runtime;
  private final long end;

  // Only the thread of the timers, in one look after another, reads and writes these.
  private long step = -1;
  private long time = -1;
  private int looks;
  private int blocked;
  private int nextReport = STILL;

  // Volatile: armed by one look after another, closed by the thread that began.
  private volatile TaskRuntime.@Nullable Timer next;
  private volatile boolean closed;

  /**
   * A watchdog for one run.
   *
   * @param atMost nanoseconds of real time that the program may take
   */
  public Watchdog(VirtualRuntime runtime, long atMost) {
    this.runtime = runtime;
    end = Durations.after(REAL.now(), atMost);
  }

  public void start() {
    next = REAL.schedule(REAL.now() + BETWEEN_LOOKS, this);
    if (closed) {
      close();
    }
  }

  /** Looks once. */
  @Override
  public void run() {
    try {
      look();
    } finally {
      if (!closed) {
        start();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    TaskRuntime.Timer armed = next;
    if (armed != null) {
      armed.cancel();
    }
  }

  private void look() {
    long seen = runtime.steps();
    long now = runtime.now();
    Thread holder = runtime.holder();
    if (seen != step || now != time) {
      step = seen;
      time = now;
      looks = 0;
      blocked = 0;
      nextReport = STILL;
    } else {
      looks++;
      blocked = holder != null && isBlocked(holder) ? blocked + 1 : 0;
    }
    if (holder != null && blocked == BLOCKED) {
      // Not on the thread of the timers: what is due happens on the one that passes over.
      Errands.run(() -> runtime.passOver(holder, seen));
    }
    if (looks == nextReport) {
      nextReport *= 2;
      Errands.run(() -> tell(holder, seen));
    }
    if (REAL.now() >= end && runtime.stopped() == null) {
      Errands.run(() -> runtime.stop(Stop.REAL_TIME));
    }
  }

  private void tell(@Nullable Thread holder, long seen) {
    try {
      Standstill.report(runtime);
    } finally {
      // One that runs on and on may wait for others: they get their chance.
      if (holder != null) {
        runtime.passOver(holder, seen);
      }
    }
  }

  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      case RUNNABLE -> !thread.isVirtual() && isInNativeCode(thread);
      case NEW, TERMINATED -> false;
    };
  }

  /** A platform thread that waits for a socket is said to run. */
  private static boolean isInNativeCode(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }
}
