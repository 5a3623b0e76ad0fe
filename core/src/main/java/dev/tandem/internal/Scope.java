package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of code that can be cancelled. One thread is inside; threads of its children are inside
 * its descendants.
 *
 * <p>Cancelling sets the state first and wakes second. Scopes that a thread has nested are seen by
 * walking up from the innermost, which is short; towards other threads the state is pushed down, so
 * the walk ends at the thread's own outermost scope.
 */
public class Scope {

  private static final VarHandle CAUSE;
  private static final VarHandle ATTACHMENTS;

  static {
    try {
      CAUSE = MethodHandles.lookup().findVarHandle(Scope.class, "cause", CancelCause.class);
      ATTACHMENTS =
          MethodHandles.lookup().findVarHandle(Scope.class, "attachments", Attachments.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final @Nullable Scope parent;
  final Context context;

  // Volatile: written by any canceller, read by the thread inside on every wait.
  @SuppressWarnings("unused")
  private volatile @Nullable CancelCause cause;

  // Volatile: written once, read by any canceller.
  private volatile @Nullable Attachments attachments;

  protected Scope(@Nullable Scope parent, Context context) {
    this.parent = parent;
    this.context = context;
  }

  public final @Nullable Scope parent() {
    return parent;
  }

  public final Context context() {
    return context;
  }

  /** What this scope adds to the path of what runs inside it; null when it adds nothing. */
  public @Nullable String label() {
    return null;
  }

  /** The moment at which this scope itself is over. */
  public long deadline() {
    return TaskRuntime.NEVER;
  }

  /** Who set {@link #deadline}, in words; null when this scope has none of its own. */
  public @Nullable String deadlineOwner() {
    return null;
  }

  /** True when cancellation from outside does not reach what is inside. */
  public boolean isShield() {
    return false;
  }

  /** The cause for which this very scope was cancelled, not one around it. */
  public final @Nullable CancelCause ownCause() {
    return cause;
  }

  /** The cause that reaches code in this scope, its own or one from around it. */
  public final @Nullable CancelCause effectiveCause() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      CancelCause found = scope.cause;
      if (found != null || scope.isShield() || scope.startsThread()) {
        return found;
      }
    }
    return null;
  }

  /**
   * Cancels this scope and everything inside it.
   *
   * @return false when it had been cancelled before; the first cause stays
   */
  public final boolean cancel(CancelCause newCause) {
    Runnable telling = Observing.cancelAsked(this, newCause);
    newCause.asked(context.runtime());
    if (!passCancel(newCause)) {
      return false;
    }
    Observing.tell(telling);
    return true;
  }

  /** Like {@link #cancel}, for a cancellation that was asked for further out. */
  final boolean passCancel(CancelCause newCause) {
    if (!claim(newCause)) {
      return false;
    }
    Cancelling.claimed(List.of(this), newCause);
    return true;
  }

  /** Like {@link #cancel}, by the thread inside, which needs no waking. */
  public final void cancelFromInside(CancelCause newCause) {
    Runnable telling = Observing.cancelAsked(this, newCause);
    newCause.asked(context.runtime());
    if (claim(newCause)) {
      context.noteInterrupt();
      Cancelling.inside(this, newCause);
      Observing.tell(telling);
      lookAfterWhatIsClosed(newCause);
    }
  }

  /** Sets the cause; false when there was one. Who gets true goes on to cancel what is inside. */
  final boolean claim(CancelCause newCause) {
    return CAUSE.compareAndSet(this, null, newCause);
  }

  /** The thread inside goes on to close what the scope owns, and that may hang. */
  private void lookAfterWhatIsClosed(CancelCause newCause) {
    try {
      OverdueBody.watch(this, newCause);
    } catch (Throwable noMemory) {
      // Without a report then: the thread inside must go on to wait for its children.
      Thread.yield();
    }
  }

  /** True until the thread inside has left; asked by any thread. */
  public boolean isInhabited() {
    Scope innermost = context.scope();
    return innermost != null && innermost.isInside(this);
  }

  /** True when the thread inside has not left, and nobody waits for it who would tell. */
  boolean isOverdue() {
    return isInhabited() && !context.waitsForStragglers();
  }

  /** Cancelled tasks inside that nobody waits for who would tell. */
  List<Fiber> overdueChildren() {
    var found = new ArrayList<Fiber>();
    Stragglers.addOverdueChildren(context, this, found);
    return found;
  }

  /** What is inside, for whoever reads of it in a log. */
  String inWords() {
    String where = path();
    return where.isEmpty() ? "code in a cancelled scope" : "the body of " + where;
  }

  /** The earliest deadline that applies in this scope. */
  public final long effectiveDeadline() {
    long earliest = TaskRuntime.NEVER;
    for (Scope scope = this; scope != null; scope = scope.parent) {
      earliest = Math.min(earliest, scope.deadline());
      if (scope.isShield()) {
        break;
      }
    }
    return earliest;
  }

  /** The labels from the root down to here, joined with a slash; empty when there are none. */
  public final String path() {
    return path(-1);
  }

  /** The path as it was while the child on whose thread this is was at {@code piece}, if any. */
  public final String path(long piece) {
    Fiber child = piece < 0 ? null : fiber();
    // Not by recursion: scopes may be nested deeper than a stack.
    var labels = new ArrayList<String>();
    for (Scope scope = this; scope != null; scope = scope.parent) {
      String label = child != null && scope == child ? child.label(piece) : scope.label();
      if (label != null) {
        labels.add(label);
      }
    }
    return String.join("/", labels.reversed());
  }

  /** True when {@code other} is this scope or one around it. */
  public final boolean isInside(Scope other) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope == other) {
        return true;
      }
    }
    return false;
  }

  /**
   * Has {@code group}, whose parent this is but which its thread does not enter, cancelled with
   * this scope, and closed at the latest when this scope is left. Called by the thread inside, by
   * one that the thread inside will wait for before it leaves, or by one that sees to it itself if
   * it finds after this that the scope is not {@link #isInhabited inhabited}.
   */
  public final void attach(AttachedGroup group) {
    attachments().add(group);
  }

  /** What was made in a scope, and that somebody may use yet, maybe somewhere else. */
  public interface Leftover {
    /** Nobody has used it until the scope was left. Must not throw. */
    void close();
  }

  /** Has {@code leftover} closed when the thread leaves this scope and its children have ended. */
  public final void leave(Leftover leftover) {
    attachments().add(leftover);
  }

  /** It is used, or closed already. */
  public final void forget(Leftover leftover) {
    Attachments known = attachments;
    if (known != null) {
      known.remove(leftover);
    }
  }

  /** The thread inside is about to leave. */
  final void closeAll() {
    Attachments known = attachments;
    if (known != null) {
      known.close();
      known.closeLeftovers();
    }
  }

  Attachments attachments() {
    Attachments known = attachments;
    if (known == null) {
      var fresh = new Attachments();
      known = (Attachments) ATTACHMENTS.compareAndExchange(this, null, fresh);
      known = known == null ? fresh : known;
    }
    return known;
  }

  /** The thread inside has left this scope, which had been cancelled. */
  final void left() {
    Attachments known = attachments;
    if (known != null) {
      known.left();
    }
  }

  /** The group was closed. */
  final void detach(AttachedGroup group) {
    Attachments known = attachments;
    if (known != null) {
      known.remove(group);
    }
  }

  /** Closes what was attached here and is open still. */
  final void closeAttached() {
    Attachments known = attachments;
    if (known != null) {
      known.close();
    }
  }

  /** Tells those who watch that the thread is out of this scope. */
  final void tellWatchers() {
    Attachments known = attachments;
    if (known != null) {
      known.tellWatchers();
    }
  }

  /** The child on whose own thread this scope is; null on a thread of somebody else's. */
  public final @Nullable Fiber fiber() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.startsThread()) {
        return scope instanceof HostedFiber ? null : (Fiber) scope;
      }
    }
    return null;
  }

  /** True for the outermost scope of a child's thread. */
  boolean startsThread() {
    return false;
  }

  /** True once the thread inside has waited for children, when nobody interrupted it. */
  boolean hasJoined() {
    return false;
  }

  /** Adds the children to go on to, after the cause was set. */
  void reach(Collection<Scope> reached) {
    context.cancelled(this, reached);
  }

  /** Wakes the thread inside, after it and the children were cancelled. */
  void rouse() {
    // Asked here and not by isInhabited, which waits for the gate of the thread; whoever waits for
    // that here may be the timers' thread, and hold up all deadlines.
    Scope innermost = context.scope();
    if (innermost != null && innermost.isInside(this)) {
      context.wake();
    }
  }

  /** {@link #passOn} for this scope and those around it, {@code outermost} the last. */
  final void passOnUpTo(Scope outermost, Collection<Scope> reached) {
    Scope inner = this;
    while (true) {
      inner.passOn(reached);
      if (inner == outermost || inner.parent == null) {
        return;
      }
      inner = inner.parent;
    }
  }

  /** A cancellation has come this far: adds the children it goes on to. */
  void passOn(Collection<Scope> reached) {
    addChildren(reached);
  }

  /** Adds the children that run on threads of their own. */
  void addChildren(Collection<Scope> reached) {
    Attachments known = attachments;
    if (known != null) {
      known.addChildren(reached);
    }
  }
}
