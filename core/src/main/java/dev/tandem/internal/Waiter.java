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
  private static final VarHandle ATTENTION;

  private static final int WAITING = 0;
  private static final int SIGNALLED = 1;
  private static final int CANCELLED = 2;
  private static final int TIMED_OUT = 3;
  private static final int INTERRUPTED = 4;

  // Signalled by the first of several, and so on.
  private static final int FIRST_NUMBER = 5;

  // What the thread does meanwhile. Odd: it runs, or is being woken, and finds out by itself.
  private static final byte PARKED = 0;
  private static final byte LOOKING = 1;
  private static final byte ALERTED = 3;
  private static final byte ALERTED_IN_VAIN = 2;

  private static final boolean SEVERAL_PROCESSORS = Runtime.getRuntime().availableProcessors() > 1;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Waiter.class, "state", int.class);
      ATTENTION = MethodHandles.lookup().findVarHandle(Waiter.class, "attention", byte.class);
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

  // Volatile: the thread writes it and then reads the state, who ends the wait writes the state and
  // then reads it, who alerts writes it and then wakes the thread.
  private volatile byte attention;

  /** A wait of the current thread that cancellation ends. */
  public Waiter() {
    this(true);
  }

  protected Waiter(boolean cancellable) {
    this(Context.current(), cancellable);
  }

  /** Like {@link #Waiter()}, by a thread that knows its context, which may be null. */
  protected Waiter(@Nullable Context context) {
    this(context, true);
  }

  private Waiter(@Nullable Context context, boolean cancellable) {
    this.cancellable = cancellable;
    this.context = context;
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
   * Like {@link #signal}, but whoever waits sleeps on until {@link #wake}, which must follow: for a
   * granter that holds a lock, which is let go first.
   */
  public final boolean claim() {
    return win(SIGNALLED);
  }

  /** Like {@link #claim()}, by one of several that are waited for at once, which have numbers. */
  public final boolean claim(int number) {
    return win(FIRST_NUMBER + number);
  }

  /** The number of the one that claimed this; negative when none with a number did. */
  public final int claimedBy() {
    return state - FIRST_NUMBER;
  }

  /** Wakes whoever was claimed. */
  public final void wake() {
    if (isParked() && thread != Thread.currentThread()) {
      LockSupport.unpark(thread);
    }
  }

  private boolean isParked() {
    return (attention & 1) == 0;
  }

  /** True for a virtual thread that may look again before it parks. */
  final boolean mayBeAlerted() {
    return thread.isVirtual() && maySpin();
  }

  /**
   * Wakes the thread although its wait goes on, because it may end soon: by then the thread has a
   * carrier, and looks for a while before it parks again.
   */
  final void alert() {
    if (attention != PARKED || !isWaiting()) {
      return;
    }
    attention = ALERTED;
    try {
      LockSupport.unpark(thread);
    } catch (Throwable notWoken) {
      // The stack is at its end, perhaps. An alert that fails is none; but whoever ended the wait
      // meanwhile has left the waking to this.
      attention = PARKED;
      if (!isWaiting()) {
        wake();
      }
    }
  }

  /**
   * Looks at most so many times whether the wait has ended, if the thread was alerted. Called right
   * before each park: what woke the thread says nothing, for a park for something else, a lock
   * perhaps, may have used the wake-up.
   *
   * @return true when it looked, and the state is to be read again before it parks
   */
  final boolean lookIfAlerted(int times) {
    if (attention != ALERTED) {
      return false;
    }
    for (int i = 0; i < times; i++) {
      if (state != WAITING) {
        return true;
      }
      Thread.onSpinWait();
    }
    attention = ALERTED_IN_VAIN;
    return true;
  }

  /** Of a wait that is over: true when the thread was alerted, and had not looked in vain. */
  final boolean wasAlertedInTime() {
    return attention == ALERTED;
  }

  /** True when the thread was alerted, and has looked in vain. */
  final boolean wasAlertedInVain() {
    return attention == ALERTED_IN_VAIN;
  }

  /**
   * True when it may pay to look again a few times before parking: what is waited for is done by
   * other threads meanwhile. Never so in virtual time.
   */
  public final boolean maySpin() {
    return SEVERAL_PROCESSORS && runtime() == RealRuntime.INSTANCE;
  }

  /** Looks at most so many times whether the wait has ended. Called before parking. */
  public final boolean look(int times) {
    // Without a fence: whoever does not see it wakes the thread, which does no harm.
    ATTENTION.setOpaque(this, LOOKING);
    for (int i = 0; i < times; i++) {
      if (state != WAITING) {
        return true;
      }
      Thread.onSpinWait();
    }
    attention = PARKED;
    // Read after that: whoever ended the wait and saw the thread looking does not wake it.
    return state != WAITING;
  }

  /** What is waited for; called by any thread, while the wait lasts or later. */
  protected Awaited awaited() {
    return Awaited.of("something");
  }

  /** Whose clock the wait is on. */
  final TaskRuntime runtime() {
    return context == null ? RealRuntime.INSTANCE : context.runtime();
  }

  public final boolean isWaiting() {
    return state == WAITING;
  }

  public final boolean isSignalled() {
    int found = state;
    return found == SIGNALLED || found >= FIRST_NUMBER;
  }

  /** Of the thread that waits; null when that is in no task and no scope. */
  public final @Nullable Context context() {
    return context;
  }

  final boolean isCancellable() {
    return cancellable;
  }

  public final boolean isCancelled() {
    return state == CANCELLED;
  }

  public final boolean isInterrupted() {
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
    if (!win(outcome)) {
      return false;
    }
    wake();
    return true;
  }

  private boolean win(int outcome) {
    if (state != WAITING) {
      return false;
    }
    TaskRuntime runtime = runtime();
    runtime.resumes(this);
    if (!STATE.compareAndSet(this, WAITING, outcome)) {
      runtime.resumedByAnother(this);
      return false;
    }
    runtime.resumed(this);
    return true;
  }
}
