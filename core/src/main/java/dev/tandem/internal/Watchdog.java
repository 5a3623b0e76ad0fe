package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * Looks in real time after a program in virtual time: who has the turn and blocks outside Tandem,
 * where virtual time cannot help, lets others go on.
 */
public final class Watchdog implements Runnable, AutoCloseable {

  private static final long BETWEEN_LOOKS = 50_000_000;
  private static final int LOOKS = 3;

  private final VirtualRuntime runtime;

  // Only the thread of the timers, in one look after another, reads and writes these.
  private long step = -1;
  private int looks;

  // Volatile: armed by one look after another, closed by the thread that began.
  private volatile TaskRuntime.@Nullable Timer next;
  private volatile boolean closed;

  public Watchdog(VirtualRuntime runtime) {
    this.runtime = runtime;
  }

  public void start() {
    TaskRuntime real = RealRuntime.INSTANCE;
    next = real.schedule(real.now() + BETWEEN_LOOKS, this);
    if (closed) {
      close();
    }
  }

  /** Looks once. */
  @Override
  public void run() {
    long seen = runtime.steps();
    Thread holder = runtime.holder();
    if (seen != step || holder == null) {
      step = seen;
      looks = 0;
    } else if (isBlocked(holder) && ++looks == LOOKS) {
      runtime.passOver(holder, seen);
    }
    if (!closed) {
      start();
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
