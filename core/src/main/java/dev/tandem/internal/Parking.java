package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** The one place where a task waits. */
public final class Parking {

  private Parking() {}

  /**
   * Waits until {@code waiter} is signalled or the deadline has passed.
   *
   * @param waiter made by the current thread, and already where its granter will find it
   * @param deadline on the clock of the waiter's runtime; {@link TaskRuntime#NEVER} for none
   * @return true when it was signalled, false when the deadline passed first
   * @throws InterruptedException when the wait ended because of cancellation or an interrupt; then
   *     it was not signalled and will not be
   */
  public static boolean await(Waiter waiter, long deadline) throws InterruptedException {
    Context context = waiter.context;
    if (context == null) {
      waiter.runtime().park(waiter, deadline);
    } else if (context.runtime().observer() == null) {
      // In one piece: a parked thread holds each frame.
      announce(context, waiter);
      try {
        context.runtime().park(waiter, deadline);
      } finally {
        context.waitsIn(null);
      }
    } else {
      Observing.park(context, waiter, deadline);
    }
    return waiter.isSignalled() || endedOtherwise(waiter, context);
  }

  /** From now on cancellers end the wait; one that was there before does so here. */
  static void announce(Context context, Waiter waiter) {
    context.waitsIn(waiter);
    if (waiter.cause() != null) {
      waiter.cancelled();
    }
  }

  /** The wait was not granted: false when that is because of the deadline. */
  private static boolean endedOtherwise(Waiter waiter, @Nullable Context context)
      throws InterruptedException {
    if (waiter.isCancelled()) {
      throw cancellation(waiter, context);
    }
    if (waiter.isInterrupted()) {
      throw interruption(waiter, context);
    }
    return false;
  }

  /** Throws if the current thread's scope is cancelled or the thread is interrupted. */
  public static void checkpoint() throws InterruptedException {
    enter();
  }

  /** Like {@link #checkpoint}; returns the thread's context, for the wait that may follow. */
  public static @Nullable Context enter() throws InterruptedException {
    Context context = Context.current();
    if (context != null) {
      context.runtime().passing(context);
      context.checkpoint();
    } else if (Thread.currentThread().isInterrupted() && Thread.interrupted()) {
      throw new InterruptedException();
    }
    return context;
  }

  /**
   * The current thread has waited without notice of cancellation, and goes on: if its scope was
   * cancelled meanwhile, it is interrupted now, as foreign code must be that comes next.
   */
  public static void catchUp() {
    Context context = Context.current();
    if (context != null) {
      context.waitedThrough();
    }
  }

  /** Waits for a time, on the clock of the current runtime. */
  public static void sleep(long nanos) throws InterruptedException {
    checkpoint();
    Sleep sleep = new Sleep(nanos);
    await(sleep, sleep.until);
    checkpoint();
  }

  private static InterruptedException interruption(Waiter waiter, @Nullable Context context) {
    if (context != null && waiter.isCancellable()) {
      return context.interrupted();
    }
    if (context == null || !context.isJoining()) {
      Thread.interrupted();
    }
    // A thread that waits for its children asks the context itself what to make of the flag.
    return new InterruptedException();
  }

  private static InterruptedException cancellation(Waiter waiter, @Nullable Context context) {
    CancelCause cause = waiter.cause();
    if (cause == null || context == null) {
      throw new AssertionError("a wait was cancelled that no scope of its thread is cancelled for");
    }
    return context.cancelled(cause);
  }
}
