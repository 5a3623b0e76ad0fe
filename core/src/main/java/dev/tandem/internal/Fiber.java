package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** A child of a group: a scope with a thread of its own. */
public abstract class Fiber extends Scope implements Runnable {

  final Group group;
  final boolean daemon;
  private final boolean alwaysRuns;
  private final Thread thread;

  // Links of the group's list of children, guarded by its lock.
  @Nullable Fiber previous;
  @Nullable Fiber next;

  protected Fiber(Group group, boolean daemon) {
    this(group, daemon, false);
  }

  /**
   * A child that is not started yet.
   *
   * @param alwaysRuns whether the body runs even if it is cancelled before; then it is interrupted
   */
  @SuppressWarnings("this-escape") // the thread is made here but started after construction
  protected Fiber(Group group, boolean daemon, boolean alwaysRuns) {
    super(group, new Context(group.context().runtime(), null));
    this.group = group;
    this.daemon = daemon;
    this.alwaysRuns = alwaysRuns;
    this.thread = context.runtime().newThread(this);
    context.belongsTo(thread);
    context.enter(this);
  }

  /** What the child does; runs on its thread, inside its scope. */
  protected abstract void body() throws Throwable;

  /**
   * The child is over and its scope left; runs before the group learns of it. Must not throw.
   *
   * @param thrown what the body threw; if it never ran, the exception of the cancellation
   * @param interruptSent whether an interrupt of ours was sent to the body
   */
  protected abstract void over(@Nullable Throwable thrown, boolean interruptSent);

  /** The group this child belongs to. */
  public final Group group() {
    return group;
  }

  /** Where the child is now; empty when it has ended, or waits for children of its own. */
  final StackTraceElement[] whereabouts() {
    return context.isJoining() ? new StackTraceElement[0] : context.stack();
  }

  /** Interrupts the child once more, if it is in foreign code of a cancelled scope. */
  final void wakeAgain() {
    context.wake();
  }

  /** What the thread is doing, in a word. */
  final String activity() {
    return context.activity();
  }

  /** Gives the thread a name; call before the child is started. */
  protected final void nameThread(String name) {
    thread.setName(name);
  }

  @Override
  final boolean startsThread() {
    return true;
  }

  /** Starts the thread, or ends the child at once when it was cancelled before. */
  final void launch() {
    CancelCause cancelled = alwaysRuns ? null : ownCause();
    if (cancelled != null) {
      end(cancelled.exception(), false);
      return;
    }
    try {
      context.runtime().start(thread);
    } catch (Throwable noThread) {
      end(noThread, false);
      throw noThread;
    }
  }

  @Override
  public final void run() {
    try {
      context.bind(this::live);
    } finally {
      context.runtime().ended();
    }
  }

  private void live() {
    Throwable thrown = null;
    CancelCause cancelled = alwaysRuns ? null : ownCause();
    if (cancelled != null) {
      thrown = cancelled.exception();
    } else {
      try {
        body();
      } catch (Throwable failure) {
        thrown = failure;
      }
    }
    end(thrown, context.leave(this));
  }

  private void end(@Nullable Throwable thrown, boolean interruptSent) {
    try {
      over(thrown, interruptSent);
    } finally {
      group.ended(this);
    }
  }
}
