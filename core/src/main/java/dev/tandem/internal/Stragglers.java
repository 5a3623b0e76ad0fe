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

  /** A cancelled task has this long before it is told of for the first time. */
  private static final long GRACE = Duration.ofSeconds(10).toNanos();

  private static final long LONGEST_PAUSE = Duration.ofMinutes(5).toNanos();

  private final TaskRuntime runtime;
  private final CancelCause cause;
  private final long since;
  private long pause = GRACE;
  private long next;

  Stragglers(TaskRuntime runtime, CancelCause cause) {
    this.runtime = runtime;
    this.cause = cause;
    since = runtime.now();
    next = Durations.after(since, GRACE);
  }

  /** When to look again. */
  long nextReport() {
    return next;
  }

  void report(List<Fiber> running) {
    // First of all, for a logger that throws must not be asked again at once.
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    next = Durations.after(runtime.now(), pause);
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
      }
    }
  }

  /** Not thrown: it carries the reason and the stack of a straggler to the log. */
  private static final class StillRunning extends Exception {
    private static final long serialVersionUID = 1L;

    StillRunning(String reason) {
      super(reason, null, false, true);
    }
  }
}
