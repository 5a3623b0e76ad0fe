package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/**
 * Tells of tasks that still run long after they were cancelled: again and again, less and less
 * often, for as long as somebody waits for them.
 */
final class Stragglers {

  private static final System.Logger LOG = System.getLogger("dev.tandem.stragglers");

  /** A cancelled task has this long before it is told of, if nobody says otherwise. */
  static final long GRACE = Duration.ofSeconds(10).toNanos();

  /** Of many stragglers this many are told of with their stacks; the others are counted. */
  private static final int TOLD_AT_ONCE = 16;

  private static final StackTraceElement[] NOT_ASKED = new StackTraceElement[0];
  private static final long LONGEST_PAUSE = Duration.ofMinutes(5).toNanos();

  private final TaskRuntime runtime;
  private final CancelCause cause;
  private final long since;
  private long pause;
  private long next;

  Stragglers(TaskRuntime runtime, CancelCause cause, long grace) {
    this.runtime = runtime;
    this.cause = cause;
    since = runtime.now();
    pause = grace;
    next = Durations.after(since, grace);
  }

  /** When to look again. */
  long nextReport() {
    return next;
  }

  /** Tells of those that run, and interrupts them again: they may have swallowed the first one. */
  void report(List<Fiber> running) {
    putOff();
    tellOf(running);
  }

  /** Tells of code in a scope that nobody waits for, and of tasks in there, in the same way. */
  void report(Scope overdue) {
    putOff();
    StackTraceElement[] stack = overdue.context.stack();
    // Asked after that: if it has left meanwhile, its thread may be anywhere.
    if (overdue.isOverdue()) {
      overdue.context.wake();
      if (stack.length > 0) {
        LOG.log(Level.WARNING, overdue.inWords() + " still runs " + late(), where(stack));
      }
    }
    tellOf(overdue.overdueChildren());
  }

  /**
   * Adds the cancelled children of the scopes that a thread is in, from the innermost to {@code
   * outermost}, but for those that somebody else tells of: the thread itself, if it waits for them,
   * or whoever looks after a scope further in that was cancelled of itself.
   */
  static void addOverdueChildren(Context context, Scope outermost, Collection<Fiber> found) {
    Group joined = context.joining();
    var children = new ArrayDeque<Scope>();
    for (Scope inner = context.scope(); inner != null; inner = inner.parent) {
      if (inner != outermost && inner.ownCause() != null) {
        children.clear();
      } else {
        inner.addChildren(children);
      }
      if (inner == outermost) {
        for (Scope child : children) {
          if (child instanceof Fiber fiber
              && fiber.group() != joined
              && fiber.isCancelledWithItsGroup()) {
            found.add(fiber);
          }
        }
        return;
      }
    }
  }

  private void tellOf(List<Fiber> running) {
    int told = 0;
    int others = 0;
    Queue<Fiber> left = new ArrayDeque<>(running);
    for (Fiber child = left.poll(); child != null; child = left.poll()) {
      // It may have children that it does not come to wait for.
      addOverdueChildren(child.context, child, left);
      if (child.waitsForStragglers()) {
        continue;
      }
      StackTraceElement[] stack = told < TOLD_AT_ONCE ? child.whereabouts() : NOT_ASKED;
      child.wakeAgain();
      if (told == TOLD_AT_ONCE) {
        others++;
      } else if (stack.length > 0) {
        told++;
        LOG.log(Level.WARNING, child.inWords() + " still runs " + late(), where(stack));
      }
    }
    if (others > 0) {
      LOG.log(Level.WARNING, "and " + others + " further tasks still run " + late());
    }
  }

  /** First of all, for a logger that throws must not be asked again at once. */
  void putOff() {
    pause = Math.min(2 * pause, Math.max(pause, LONGEST_PAUSE));
    next = Durations.after(runtime.now(), pause);
  }

  private String late() {
    return Duration.ofNanos(runtime.now() - since).toSeconds() + " s after it was cancelled";
  }

  private StillRunning where(StackTraceElement[] stack) {
    var where = new StillRunning(String.valueOf(cause.exception(false).getMessage()));
    where.setStackTrace(stack);
    return where;
  }

  /** Not thrown: it carries the reason and the stack of a straggler to the log. */
  private static final class StillRunning extends Exception {
    private static final long serialVersionUID = 1L;

    StillRunning(String reason) {
      super(reason, null, false, true);
    }
  }
}
