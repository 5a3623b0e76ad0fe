package dev.tandem.internal;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime knows of one thread while it runs a task or is inside a scope: its innermost
 * scope and the wait it is parked in.
 */
public class Context extends InterruptGate {

  /*
   * A canceller publishes the cause in the scope and then looks here. If the thread is in a wait of
   * ours, the canceller ends that wait and nothing else happens. Otherwise the thread may be in
   * foreign blocking code and is interrupted, through the gate.
   *
   * The order saves the wait that starts during a cancellation: the thread publishes its waiter and
   * then reads the cause, the canceller publishes the cause and then reads the waiter.
   */

  /*
   * Threads of tasks are looked up in a table of their own. Other threads bind a scoped value for
   * the time they are in a scope, which ends by itself whatever happens.
   */
  private static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();
  private static final Context NONE = new Context(RealRuntime.INSTANCE, null);

  private final TaskRuntime runtime;
  private @Nullable Thread thread;

  // Volatile: written by the thread itself, read by cancellers.
  private volatile @Nullable Scope scope;
  private volatile @Nullable Waiter waiter;

  // Volatile: while it is true there is no foreign code that an interrupt would wake.
  private volatile @Nullable Group joining;

  Context(TaskRuntime runtime, @Nullable Thread thread) {
    this.runtime = runtime;
    this.thread = thread;
  }

  /** A context of {@code thread}, or of one that is told of later. */
  static Context of(TaskRuntime runtime, @Nullable Thread thread) {
    return Moments.areKept() ? new TimedContext(runtime, thread) : new Context(runtime, thread);
  }

  /** The context of the current thread, or null outside every task and scope. */
  public static @Nullable Context current() {
    Thread current = Thread.currentThread();
    Context ofTask = TaskContexts.of(current);
    if (ofTask != null) {
      return ofTask;
    }
    if (!Roots.mayBe(current)) {
      return null;
    }
    Context bound = CURRENT.orElse(NONE);
    // A binding inherited by a thread that is not ours says nothing about that thread.
    return bound.thread == current ? bound : null;
  }

  /** The current thread's context, bound for the time of {@code body} if it has none. */
  public static <T extends @Nullable Object> T call(Body<T> body) throws Throwable {
    Context found = current();
    return found != null ? body.call(found) : callOn(RealRuntime.INSTANCE, body);
  }

  /** Calls {@code body} in a new context of the current thread, on the given runtime. */
  public static <T extends @Nullable Object> T callOn(TaskRuntime runtime, Body<T> body)
      throws Throwable {
    Thread current = Thread.currentThread();
    Context fresh = of(runtime, current);
    Roots.add(fresh, current);
    try {
      if (TaskContexts.of(current) == null) {
        return ScopedValue.where(CURRENT, fresh).call(() -> body.call(fresh));
      }
      Context before = TaskContexts.begin(current, fresh);
      try {
        return body.call(fresh);
      } finally {
        TaskContexts.end(current, before);
      }
    } finally {
      Roots.remove(fresh, current);
    }
  }

  /** The innermost scope that the current thread is in, or null outside every scope. */
  public static @Nullable Scope currentScope() {
    Context found = current();
    return found == null ? null : found.scope;
  }

  /** The runtime that serves the current thread. */
  public static TaskRuntime currentRuntime() {
    Context found = current();
    return found == null ? RealRuntime.INSTANCE : found.runtime;
  }

  /** Code that runs in a context. */
  @FunctionalInterface
  public interface Body<T extends @Nullable Object> {
    T call(Context context) throws Throwable;
  }

  public TaskRuntime runtime() {
    return runtime;
  }

  /** The innermost scope the thread is in. */
  public @Nullable Scope scope() {
    return scope;
  }

  void belongsTo(Thread owner) {
    this.thread = owner;
  }

  /** Like {@link #belongsTo}, when cancellers may be looking already. */
  void foundThread(Thread owner) {
    takeGate();
    thread = owner;
    openGate();
  }

  /** The thread this context was made for; asked by the thread that made it. */
  @Nullable Thread ownThread() {
    return thread;
  }

  /** The thread this context is for, asked by any thread; null while it has none. */
  @Nullable Thread thread() {
    takeGate();
    Thread owner = thread;
    openGate();
    return owner;
  }

  /** Enters {@code inner}, whose parent is the scope the thread is in. */
  public void enter(Scope inner) {
    scope = inner;
    Observing.opened(inner);
  }

  /** The thread will begin in {@code outermost}. */
  void beginsIn(Scope outermost) {
    scope = outermost;
  }

  /**
   * Enters a shield. An interrupt of ours that is on its way is held back with the cancellation it
   * belongs to, and so is its echo.
   */
  public void enterShield(Scope shield) {
    enter(shield);
    holdBack();
  }

  /** Leaves a shield: what was held back is sent on. */
  public boolean leaveShield(Scope shield) {
    boolean sent = leave(shield);
    Scope outer = scope;
    if (outer != null && outer.effectiveCause() != null) {
      interruptSelf();
    }
    return sent;
  }

  /**
   * Leaves {@code inner}. If it was cancelled, no interrupt of ours arrives any more, and the
   * thread's interrupt status is as if the cancellation had never been.
   *
   * @return true when an interrupt of ours was sent while the thread was inside
   */
  public boolean leave(Scope inner) {
    inner.closeAll();
    if (!inner.startsThread()) {
      Observing.closed(inner);
    }
    Scope outer = inner.startsThread() ? null : inner.parent;
    scope = outer;
    // Once more: threads that nobody waits for attach too, and look only then whether it was late.
    inner.closeAttached();
    if (inner.ownCause() == null) {
      if (inner.hasJoined() && outer != null && outer.effectiveCause() != null) {
        interruptSelf();
      }
      return false;
    }
    inner.left();
    return clearFor(outer);
  }

  /** Throws if the thread's scope is cancelled or the thread is interrupted. */
  public void checkpoint() throws InterruptedException {
    // The flag is read first: if the interrupt was ours, its cause is there to be seen after it.
    boolean flagged = Thread.currentThread().isInterrupted();
    Scope innermost = scope;
    CancelCause cause = innermost == null ? null : innermost.effectiveCause();
    if (cause != null) {
      throw cancelled(cause);
    }
    if (flagged) {
      throw interrupted();
    }
  }

  /** The exception for a wait that ended, or did not start, because of {@code cause}. */
  InterruptedException cancelled(CancelCause cause) {
    noteDelivery();
    return cause.exception(!isWholeTaskCancelled());
  }

  /** True when what is thrown now ends with the task, as its outcome, and nobody sees its stack. */
  private boolean isWholeTaskCancelled() {
    Scope outermost = scope;
    while (outermost != null && !outermost.startsThread()) {
      outermost = outermost.parent;
    }
    return outermost != null && outermost.ownCause() != null;
  }

  /**
   * The thread waits for the children of {@code group}, or, null, does so no more. Meanwhile nobody
   * interrupts it for a cancellation: it is passed on to the children, and an interrupt that comes
   * is from outside, even where a lock that is waited for holds the flag in hand.
   */
  void joins(@Nullable Group group) {
    takeGate();
    // Another thread may close a group that this one is beside; this one is where it was.
    if (thread == Thread.currentThread()) {
      joining = group;
    }
    openGate();
  }

  /**
   * The thread has waited, perhaps, without notice of cancellation, and goes on inside its scope:
   * what was held back meanwhile comes now.
   */
  void waitedThrough() {
    Scope innermost = scope;
    if (thread == Thread.currentThread()
        && innermost != null
        && innermost.effectiveCause() != null) {
      interruptSelf();
    }
  }

  /** True while the thread waits for its children, which tell of themselves. */
  boolean isJoining() {
    return joining != null;
  }

  /**
   * True while the thread waits for tasks that were cancelled and that it cannot leave behind; they
   * are told of. Those of a group that a shield keeps from its cancellation are not.
   */
  boolean waitsForStragglers() {
    Group joined = joining;
    if (joined != null) {
      return joined.effectiveCause() != null && !isLent();
    }
    Waiter current = waiter;
    return current != null && !current.isCancellable();
  }

  /** True while the thread itself does the work of a child that it would otherwise wait for. */
  private boolean isLent() {
    Thread current = thread();
    Context worked = current == null ? null : TaskContexts.find(current);
    return worked != null && worked != this;
  }

  /** The group whose children the thread waits for; null when it waits for none. */
  @Nullable Group joining() {
    return joining;
  }

  /** The wait that the thread is in, which may be over; null when it is in none. */
  @Nullable Waiter waiter() {
    return waiter;
  }

  /** Null unless times are kept. */
  @Nullable Moments moments() {
    return null;
  }

  /** Where the thread is; empty when it has ended. */
  StackTraceElement[] stack() {
    Thread current = thread();
    return current == null ? new StackTraceElement[0] : current.getStackTrace();
  }

  /** Adds the children of all scopes that the thread is in. */
  void addChildren(Collection<Scope> children) {
    for (Scope inner = scope; inner != null; inner = inner.parent) {
      inner.addChildren(children);
      if (inner.startsThread()) {
        return;
      }
    }
  }

  /** Publishes the wait that the thread is about to park in. */
  void waitsIn(@Nullable Waiter newWaiter) {
    waiter = newWaiter;
  }

  /**
   * Called by whoever cancelled {@code cancelled}, a scope of this thread, after its cause is set.
   *
   * @param children where to add those on threads of their own, which the caller goes on to
   */
  void cancelled(Scope cancelled, Collection<Scope> children) {
    Scope reached = null;
    for (Scope inner = scope; inner != null; inner = inner.parent) {
      if (inner == cancelled) {
        reached = reached == null ? inner : reached;
        reached.passOnUpTo(cancelled, children);
        return;
      }
      if (inner.isShield()) {
        reached = null;
      } else if (reached == null) {
        reached = inner;
      }
      if (inner.startsThread()) {
        return;
      }
    }
  }

  /** The thread is done with one piece of its work and begins with another, which is new. */
  public void beginsPiece() {}

  void wake() {
    if (!cancelWait()) {
      if (Errands.areNeeded()) {
        // An interrupt closes the channel that the thread is blocked in, which may take its time.
        Errands.run(this::interruptInScope);
      } else {
        interruptInScope();
      }
    }
  }

  private void interruptInScope() {
    Thread interrupted = null;
    takeGate();
    try {
      Scope innermost = scope;
      Thread sleeper = thread;
      if (sleeper == null
          || innermost == null
          || innermost.effectiveCause() == null
          || joining != null
          || cancelWait()) {
        return;
      }
      interrupted = sleeper;
      interrupt(sleeper);
    } catch (RuntimeException | Error foreign) {
      if (interrupted == null) {
        throw foreign;
      }
      // It was thrown by the channel that the thread is blocked in; whoever cancels must go on.
      Errands.tell(interrupted, foreign);
    } finally {
      openGate();
    }
  }

  /** Ends the wait that the thread is in; true when there is nothing left to interrupt. */
  private boolean cancelWait() {
    Waiter current = waiter;
    return current != null && current.cancelled();
  }
}
