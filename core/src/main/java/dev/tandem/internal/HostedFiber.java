package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A child that runs on a thread of somebody else's. As long as it has not begun it can be
 * withdrawn; once it has, it can be left to itself.
 */
public abstract class HostedFiber extends Fiber {

  /*
   * Who ends the child is decided by one compare-and-set of the state. QUEUED becomes RUNNING, by
   * the thread that takes it, or WITHDRAWN, by the one that no longer wants it. RUNNING becomes
   * OVER, and then the child's end goes to the one who waits for it; or ABANDONED, and then nobody
   * waits and the child sees to what it leaves. One that was cancelled before it was handed over
   * goes from QUEUED to OVER.
   */

  private static final VarHandle STATE;

  private static final int QUEUED = 0;
  private static final int RUNNING = 1;
  private static final int WITHDRAWN = 2;
  private static final int OVER = 3;
  private static final int ABANDONED = 4;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(HostedFiber.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Executor host;
  private final Thread caller = Thread.currentThread();

  @SuppressWarnings("unused")
  private volatile int state;

  protected HostedFiber(Group group, Executor host) {
    super(group, false, false, false);
    this.host = host;
  }

  @Override
  final void begin() {
    context.runtime().handedOver();
    try {
      host.execute(this);
    } catch (Throwable refused) {
      if (STATE.compareAndSet(this, QUEUED, WITHDRAWN)) {
        context.runtime().handedBack();
        throw refused;
      }
      // It was taken nevertheless, and tells of its own end.
    }
  }

  @Override
  public final void run() {
    if (!STATE.compareAndSet(this, QUEUED, RUNNING)) {
      return;
    }
    Thread thread = Thread.currentThread();
    context.foundThread(thread);
    if (thread == caller) {
      // One thread, which is counted as running already.
      context.runtime().handedBack();
      runInCaller();
      return;
    }
    // The child begins with the flag down, and leaves the thread as it found it.
    boolean flagged = Thread.interrupted();
    super.run();
    Thread.interrupted();
    if (flagged) {
      thread.interrupt();
    }
  }

  /**
   * Meanwhile cancellers turn to this child, and not to its caller, whose thread it is, as well.
   */
  private void runInCaller() {
    Context around = group().context();
    around.joins(group());
    try {
      // Read after that: of an interrupt that the caller was sent before, the cause is there.
      CancelCause cause = group().effectiveCause();
      if (cause != null) {
        cancel(cause);
      }
      super.run();
    } finally {
      around.joins(null);
    }
  }

  /** The caller's thread runs on. */
  @Override
  final void threadEnds() {
    if (Thread.currentThread() != caller) {
      super.threadEnds();
    }
  }

  /** Ends the child, unless it has begun. */
  public final boolean withdraw(Throwable why) {
    if (!STATE.compareAndSet(this, QUEUED, WITHDRAWN)) {
      return false;
    }
    end(why, false);
    context.runtime().handedBack();
    return true;
  }

  /**
   * Lets the child go on alone: its group no longer waits for it.
   *
   * @return false when it has not begun, or is over
   */
  public final boolean abandon() {
    if (!STATE.compareAndSet(this, RUNNING, ABANDONED)) {
      return false;
    }
    group().ended(this);
    return true;
  }

  public final boolean isAbandoned() {
    return state == ABANDONED;
  }

  /** Whoever called waits for it, or the pool does; they tell of it. */
  @Override
  final boolean isOverdue() {
    return false;
  }

  @Override
  final List<Fiber> overdueChildren() {
    return List.of();
  }

  /** Called when the child is over: true when somebody waits for that. */
  protected final boolean concludes() {
    return STATE.compareAndSet(this, RUNNING, OVER)
        || STATE.compareAndSet(this, QUEUED, OVER)
        || state == WITHDRAWN;
  }

  @Override
  protected abstract void over(@Nullable Throwable thrown, boolean interruptSent);
}
