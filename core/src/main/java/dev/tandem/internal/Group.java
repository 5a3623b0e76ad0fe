package dev.tandem.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scope with children on threads of their own, none of which outlives {@link #join}. */
public class Group extends Scope {

  private final ShortLock lock = new ShortLock();
  private final @Nullable String label;
  private final long grace;

  // Guarded by the lock.
  private @Nullable Fiber first;
  private int workers;
  private int daemons;
  private boolean closed;
  private @Nullable Waiter joiner;

  // Only the thread inside reads and writes this one.
  private boolean hasJoined;

  /** A group whose grace period is that of the group around it. */
  public Group(@Nullable String label, Context context) {
    this(label, context, graceAround(context.scope()));
  }

  /**
   * A group.
   *
   * @param grace nanoseconds that its children have to stop before they are told of
   */
  public Group(@Nullable String label, Context context, long grace) {
    super(context.scope(), context);
    this.label = label;
    this.grace = grace;
  }

  /**
   * A nameless group inside {@code parent}, which need not be the innermost scope of its thread.
   */
  Group(Context context, @Nullable Scope parent) {
    super(parent, context);
    label = null;
    grace = graceAround(parent);
  }

  @Override
  public final @Nullable String label() {
    return label;
  }

  /**
   * Adds a child and starts it; a child of a cancelled group ends without having run.
   *
   * @return false when the group has ended and takes no more children
   */
  public final boolean start(Fiber fiber) {
    fiber.pack();
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      add(fiber);
    } finally {
      lock.unlock();
    }
    Observing.spawned(fiber);
    // Read after the child can be found: a cancellation that missed the child is seen here.
    CancelCause cause = effectiveCause();
    if (cause != null) {
      fiber.passCancel(cause);
    }
    fiber.launch();
    return true;
  }

  /**
   * Waits until every child has ended: first those that work, then, cancelled, the daemons. The
   * wait itself takes no notice of cancellation, which reaches the children instead. What is
   * attached is closed after that, for the children may use it.
   *
   * @param interrupted the cause to cancel the group with when this thread is interrupted
   * @param workDone the cause to cancel the daemons with
   * @return the interrupt from outside that arrived meanwhile, if one did
   */
  public final @Nullable InterruptedException join(CancelCause interrupted, CancelCause workDone) {
    InterruptedException outside = awaitChildren(interrupted, workDone);
    closeAttached();
    return outside;
  }

  private @Nullable InterruptedException awaitChildren(
      CancelCause interrupted, CancelCause workDone) {
    hasJoined = true;
    context.joins(this);
    try {
      InterruptedException outside = awaitEnd(interrupted, null);
      // A cancellation that is on its way to them may be overtaken here, and is the truer reason.
      CancelCause around = effectiveCause();
      Cancelling.all(children(), around == null ? workDone : around);
      return awaitEnd(interrupted, outside);
    } finally {
      context.joins(null);
    }
  }

  @Override
  final boolean hasJoined() {
    return hasJoined;
  }

  /** The number of children that have not ended. */
  public final int size() {
    lock.lock();
    try {
      return workers + daemons;
    } finally {
      lock.unlock();
    }
  }

  /** True once no further child can be started. */
  public final boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  void addChildren(Collection<Scope> reached) {
    super.addChildren(reached);
    reached.addAll(children());
  }

  @Override
  void passOn(Collection<Scope> reached) {
    super.passOn(reached);
    Waiter woken;
    lock.lock();
    try {
      // From now on it counts the time that the children take to stop.
      woken = claimJoiner();
    } finally {
      lock.unlock();
    }
    wake(woken);
  }

  /** A child is over, or goes on alone; whichever comes first. */
  final void ended(Fiber fiber) {
    Waiter woken;
    lock.lock();
    try {
      remove(fiber);
      woken = isOver() ? claimJoiner() : null;
    } finally {
      lock.unlock();
    }
    wake(woken);
  }

  /** Ends the wait of whoever joins; with the lock held, which is let go before it is woken. */
  private @Nullable Waiter claimJoiner() {
    return joiner != null && joiner.claim() ? joiner : null;
  }

  private static void wake(@Nullable Waiter claimed) {
    if (claimed != null) {
      claimed.wake();
    }
  }

  private @Nullable InterruptedException awaitEnd(
      CancelCause interrupted, @Nullable InterruptedException before) {
    InterruptedException outside = before;
    Stragglers stragglers = null;
    while (true) {
      Waiter waiter = new Join();
      lock.lock();
      try {
        if (isOver()) {
          joiner = null;
          closed = true;
          return outside;
        }
        joiner = waiter;
      } finally {
        lock.unlock();
      }
      CancelCause cause = effectiveCause();
      if (cause != null && stragglers == null) {
        stragglers = new Stragglers(context.runtime(), cause, grace);
      }
      try {
        long deadline = stragglers == null ? TaskRuntime.NEVER : stragglers.nextReport();
        if (!Parking.await(waiter, deadline) && stragglers != null) {
          stragglers.report(children());
        }
      } catch (InterruptedException somebodys) {
        InterruptedException told = interruptedWhileJoining();
        if (told != null) {
          outside = told;
          cancel(interrupted);
        }
      } catch (RuntimeException | Error ofTheReport) {
        // Whatever a logger throws, or a lack of memory: no child may outlive this wait.
        Thread.yield();
      }
    }
  }

  /** See {@link Context#interruptedWhileJoining}. */
  @Nullable InterruptedException interruptedWhileJoining() {
    return context.interruptedWhileJoining(this);
  }

  /** A wait for the children. */
  private final class Join extends Waiter {
    Join() {
      super(false);
    }

    @Override
    protected Awaited awaited() {
      return Awaited.endOf(Group.this, size());
    }
  }

  /** While the group is open, only the children that work keep it so. */
  private boolean isOver() {
    return workers == 0 && (!closed || daemons == 0);
  }

  /** The grace period of the innermost group around. */
  protected static long graceAround(@Nullable Scope around) {
    for (Scope scope = around; scope != null; scope = scope.parent) {
      if (scope instanceof Group group) {
        return group.grace;
      }
    }
    return Stragglers.GRACE;
  }

  /** Those that have not ended, the youngest first. */
  final List<Fiber> children() {
    lock.lock();
    try {
      var children = new ArrayList<Fiber>(workers + daemons);
      for (Fiber child = first; child != null; child = child.next) {
        children.add(child);
      }
      return children;
    } finally {
      lock.unlock();
    }
  }

  private void add(Fiber fiber) {
    fiber.listed = true;
    fiber.next = first;
    if (first != null) {
      first.previous = fiber;
    }
    first = fiber;
    if (fiber.daemon) {
      daemons++;
    } else {
      workers++;
    }
  }

  private void remove(Fiber fiber) {
    if (!fiber.listed) {
      return;
    }
    fiber.listed = false;
    if (fiber.previous == null) {
      first = fiber.next;
    } else {
      fiber.previous.next = fiber.next;
    }
    if (fiber.next != null) {
      fiber.next.previous = fiber.previous;
    }
    // A handle may be kept for long; it must not keep those who once stood beside it.
    fiber.previous = null;
    fiber.next = null;
    if (fiber.daemon) {
      daemons--;
    } else {
      workers--;
    }
  }
}
