package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One wait of one thread. It ends in exactly one way, decided by one compare-and-set: whoever
 * grants something must win it before handing anything over, so a wait that returned did happen and
 * one that threw did not.
 */
public class Waiter {

  private static final VarHandle STATE;

  private static final int WAITING = 0;
  private static final int SIGNALLED = 1;
  private static final int CANCELLED = 2;
  private static final int TIMED_OUT = 3;
  private static final int INTERRUPTED = 4;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Waiter.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final @Nullable Context context;
  final @Nullable Scope scope;
  private final Thread thread = Thread.currentThread();
  private final boolean cancellable;

  @SuppressWarnings("unused")
  private volatile int state;

  /** A wait of the current thread that cancellation ends. */
  public Waiter() {
    this(true);
  }

  protected Waiter(boolean cancellable) {
    this.cancellable = cancellable;
    context = Context.current();
    scope = context == null ? null : context.scope();
  }

  /**
   * Ends the wait because what was waited for is there.
   *
   * @return false when the wait had ended before; then the grant goes to somebody else
   */
  public final boolean signal() {
    return end(SIGNALLED);
  }

  /**
   * Like {@link #signal}, for somebody who holds a lock and would rather not wake a thread under
   * it: who wins calls {@link #wake} afterwards.
   */
  final boolean claim() {
    return decide(SIGNALLED);
  }

  /** Wakes the thread of a wait that was claimed. */
  final void wake() {
    if (thread != Thread.currentThread()) {
      LockSupport.unpark(thread);
    }
  }

  /** Whose clock the wait is on. */
  final TaskRuntime runtime() {
    return context == null ? RealRuntime.INSTANCE : context.runtime();
  }

  public final boolean isWaiting() {
    return state == WAITING;
  }

  public final boolean isSignalled() {
    return state == SIGNALLED;
  }

  final boolean isCancellable() {
    return cancellable;
  }

  final boolean isCancelled() {
    return state == CANCELLED;
  }

  final boolean isInterrupted() {
    return state == INTERRUPTED;
  }

  /** The cause that reaches this wait, whatever scope its thread has gone on to. */
  final @Nullable CancelCause cause() {
    return cancellable && scope != null ? scope.effectiveCause() : null;
  }

  /**
   * Told by a canceller. True when the thread needs no interrupt: this wait is ended by it, or
   * takes no notice of cancellation.
   */
  final boolean cancelled() {
    if (!cancellable) {
      return isWaiting();
    }
    return cause() != null ? end(CANCELLED) : isWaiting();
  }

  /** The deadline of the wait itself has passed. */
  public final void timedOut() {
    end(TIMED_OUT);
  }

  /**
   * The thread found its interrupt flag set. The flag stays up: whoever cancels meanwhile must see
   * that it was there before, and only the context can tell whose interrupt it is.
   */
  public final void interrupted() {
    end(cause() != null ? CANCELLED : INTERRUPTED);
  }

  private boolean end(int outcome) {
    boolean won = decide(outcome);
    if (won) {
      wake();
    }
    return won;
  }

  private boolean decide(int outcome) {
    if (state != WAITING) {
      return false;
    }
    TaskRuntime runtime = runtime();
    runtime.resumes(this);
    if (!STATE.compareAndSet(this, WAITING, outcome)) {
      runtime.resumedByAnother(this);
      return false;
    }
    return true;
  }
}
