package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * Tells of tasks that still run long after they were cancelled: again and again, less and less
 * often, for as long as somebody waits for them.
 */
final class Stragglers {

  private static final System.Logger LOG = System.getLogger("dev.tandem.stragglers");

  /** A cancelled task has this long before it is told of, if nobody says otherwise. */
  static final long GRACE = Duration.ofSeconds(10).toNanos();

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
    long seconds = Duration.ofNanos(runtime.now() - since).toSeconds();
    for (Fiber child : running) {
      StackTraceElement[] stack = child.whereabouts();
      if (stack.length > 0) {
        var where = new StillRunning(String.valueOf(cause.exception().getMessage()));
        where.setStackTrace(stack);
        LOG.log(
            Level.WARNING,
            "task " + child.path() + " still runs " + seconds + " s after it was cancelled",
            where);
        child.wakeAgain();
      }
    }
    pause = Math.min(2 * pause, Math.max(pause, LONGEST_PAUSE));
    next = Durations.after(runtime.now(), pause);
  }

  /** Not thrown: it carries the reason and the stack of a straggler to the log. */
  private static final class StillRunning extends Exception {
    private static final long serialVersionUID = 1L;

    StillRunning(String reason) {
      super(reason, null, false, true);
    }
  }
}
