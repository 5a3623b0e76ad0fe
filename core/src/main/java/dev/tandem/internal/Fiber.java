package dev.tandem.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child of a group: a scope with a thread of its own. */
public abstract class Fiber extends Scope implements Runnable {

  final boolean daemon;
  private final boolean alwaysRuns;

  // What goes along from whoever starts the child; written before the child is launched.
  private Baggage.@Nullable Around baggage;

  // Links of the group's list of children, guarded by its lock.
  boolean listed;
  @Nullable Fiber previous;
  @Nullable Fiber next;

  protected Fiber(Group group, boolean daemon) {
    this(group, daemon, false, true);
  }

  /**
   * A child that is not started yet.
   *
   * @param alwaysRuns whether the body runs even if it is cancelled before; then it is interrupted
   */
  protected Fiber(Group group, boolean daemon, boolean alwaysRuns) {
    this(group, daemon, alwaysRuns, true);
  }

  @SuppressWarnings("this-escape") // the thread is made here but started after construction
  Fiber(Group group, boolean daemon, boolean alwaysRuns, boolean ownThread) {
    super(group, Context.of(group.context().runtime(), null));
    this.daemon = daemon;
    this.alwaysRuns = alwaysRuns;
    if (ownThread) {
      context.belongsTo(context.runtime().newThread(this));
    }
    context.beginsIn(this);
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

  /**
   * The group knows that the child is over; wakes those who wait for it. Not before: the one who
   * waits for the group as well would wake, find that the child is not quite over, and wait again.
   */
  protected void afterEnd() {}

  /**
   * Of a child that does one piece of work after the other, the one that it is at, from 0 on; -1
   * when it is at none, or does not divide its work.
   */
  public long piece() {
    return -1;
  }

  /**
   * Like {@link #piece}, asked by the child's own thread, which takes something in it that others
   * may wait for: from now on they are told of the end of the piece.
   */
  public long markPiece() {
    return piece();
  }

  /** What {@link #label} was while the child was at {@code piece}. */
  public @Nullable String label(long piece) {
    return label();
  }

  /** The work of a piece is done: closes what it made in this scope and left open. */
  protected final void closeLeftOpen() {
    closeAll();
  }

  /** The child is done with a piece, and {@link #piece} says so: tells those who watch. */
  protected final void pieceEnded() {
    tellWatchers();
  }

  /** Somebody who wants to know when a child's thread has done with it, or with a piece of work. */
  public interface Watcher {
    void threadLeft();
  }

  /**
   * Has {@code watcher} told when the thread has left the child, which still holds what it has not
   * given back. Who finds that {@link #isLeft} after this may not be told any more.
   */
  public final void watch(Watcher watcher) {
    attachments().add(watcher);
  }

  /** Takes back one {@link #watch}. */
  public final void unwatch(Watcher watcher) {
    attachments().remove(watcher);
  }

  /** True once the thread has left the child: no code of it runs any more. */
  public final boolean isLeft() {
    return context.scope() == null;
  }

  /**
   * Whether those who look on see a task in it. If not, it tells them itself of the tasks that it
   * runs one after the other; see {@link Observing.Piece}.
   */
  public boolean isTask() {
    return true;
  }

  /** True while somebody looks on. */
  protected final boolean isObserved() {
    return context.runtime().observer() != null;
  }

  /** Whether it is cancelled when those that work have ended. */
  public final boolean isDaemon() {
    return daemon;
  }

  /** What goes along to the child; asked once, by the thread that starts it. */
  protected Baggage.@Nullable Around baggage() {
    return Baggage.capture();
  }

  /** The group this child belongs to. */
  public final Group group() {
    if (parent instanceof Group group) {
      return group;
    }
    throw new AssertionError("a child belongs to a group");
  }

  @Override
  public final boolean isInhabited() {
    Thread thread = context.thread();
    return thread != null && thread.isAlive() && super.isInhabited();
  }

  /** Of the children of a cancelled group others tell: who waits for it, or looks after it. */
  @Override
  boolean isOverdue() {
    return group().effectiveCause() == null && super.isOverdue();
  }

  @Override
  List<Fiber> overdueChildren() {
    return group().effectiveCause() == null ? super.overdueChildren() : List.of();
  }

  @Override
  final String inWords() {
    return "task " + path();
  }

  /** Where the child is now; empty when it has ended, or waits for children that are told of. */
  final StackTraceElement[] whereabouts() {
    return context.waitsForStragglers() ? new StackTraceElement[0] : context.stack();
  }

  /** True while the child waits for cancelled children of its own, which are told of. */
  final boolean waitsForStragglers() {
    return context.waitsForStragglers();
  }

  /** True when it was not cancelled alone, for then it is looked after by itself. */
  final boolean isCancelledWithItsGroup() {
    return ownCause() != null && group().effectiveCause() != null;
  }

  /** Interrupts the child once more, if it is in foreign code of a cancelled scope. */
  final void wakeAgain() {
    context.wake();
  }

  /**
   * Gives the thread a name, which has one line in a dump of all threads; call before the child is
   * started, or on its thread.
   */
  protected final void nameThread(String name) {
    ownThread().setName(Words.line(name));
  }

  final void pack() {
    baggage = baggage();
  }

  @Override
  final boolean startsThread() {
    return true;
  }

  /** Starts the thread, or ends the child at once when it was cancelled before. */
  final void launch() {
    CancelCause cancelled = alwaysRuns ? null : ownCause();
    if (cancelled != null) {
      end(cancelled.exception(false), false);
      return;
    }
    try {
      begin();
    } catch (Throwable noThread) {
      end(noThread, false);
      throw noThread;
    }
  }

  /** Sees to it that some thread calls {@link #run}. */
  void begin() {
    context.runtime().start(ownThread());
  }

  /**
   * Runs the child on the current thread, which is the one its context is for. In one piece: a
   * parked thread holds each frame between its start and the place where it waits.
   */
  @Override
  public void run() {
    Context before;
    try {
      before = TaskContexts.begin(Thread.currentThread(), context);
    } catch (Throwable noMemory) {
      endUnbegun(noMemory);
      return;
    }
    try {
      Throwable thrown = null;
      CancelCause cancelled = alwaysRuns ? null : ownCause();
      if (cancelled != null) {
        thrown = cancelled.exception(false);
      } else {
        try {
          if (context.runtime().observer() != null) {
            Observing.run(this, this::bodyWithBaggage);
          } else if (baggage == null) {
            body();
          } else {
            bodyWith(baggage);
          }
        } catch (Throwable failure) {
          thrown = failure;
        }
      }
      boolean interruptSent = context.leave(this);
      // Afterwards: who begins to watch meanwhile sees that it is left.
      tellWatchers();
      end(thrown, interruptSent);
    } finally {
      leaveThread(before);
    }
  }

  private void endUnbegun(Throwable why) {
    try {
      end(why, false);
    } finally {
      threadEnds();
    }
  }

  private void leaveThread(@Nullable Context before) {
    try {
      TaskContexts.end(Thread.currentThread(), before);
    } finally {
      threadEnds();
    }
  }

  /** The thread is done with the child, and no longer counts as one that runs. */
  void threadEnds() {
    context.runtime().ended();
  }

  private void bodyWithBaggage() throws Throwable {
    if (baggage == null) {
      body();
    } else {
      bodyWith(baggage);
    }
  }

  private void bodyWith(Baggage.Around packed) throws Throwable {
    Baggage.<@Nullable Void>call(
        packed,
        () -> {
          body();
          return null;
        });
  }

  final void end(@Nullable Throwable thrown, boolean interruptSent) {
    // Judged before: the failure of a child may cancel it together with its group.
    TaskEnding how =
        isObserved() ? TaskEnding.of(this, thrown, interruptSent) : TaskEnding.RETURNED;
    try {
      over(thrown, interruptSent);
    } finally {
      Observing.ended(this, how, thrown);
      group().ended(this);
      afterEnd();
    }
  }

  private Thread ownThread() {
    Thread thread = context.ownThread();
    if (thread == null) {
      throw new AssertionError("this child has no thread of its own");
    }
    return thread;
  }
}
