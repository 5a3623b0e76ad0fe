package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.StopCause.Kind;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A scope that a timer cancels. Costs an entry in the timer queue, not a thread. */
final class DeadlineScope extends Scope {

  /*
   * The deadline may be moved by any thread while its timer goes off. Expiring and moving are each
   * one compare-and-set of the deadline, so exactly one of them happens first: an expired deadline
   * is kept as its complement, which is negative and cannot be moved. A timer that goes off for a
   * deadline that has moved does nothing: whoever moved it arms another. The last timer armed is
   * kept so that leaving the scope can cancel it; CLOSED in its
   * place tells a late mover to cancel the one it has just armed.
   */

  private static final System.Logger LOG = System.getLogger(Deadline.class.getName());
  private static final String NO_NULL =
      "the body returned null, which would look as if it had been cut short; return a value";
  private static final VarHandle DEADLINE;
  private static final VarHandle TIMER;
  private static final TaskRuntime.Timer CLOSED = () -> {};

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      DEADLINE = lookup.findVarHandle(DeadlineScope.class, "deadline", long.class);
      TIMER = lookup.findVarHandle(DeadlineScope.class, "timer", TaskRuntime.Timer.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable String name;
  private final long entered;

  // What the thread inside was told; only that thread reads it.
  private @Nullable DeadlineExceededException reported;

  // Volatile: moved by any thread, read by the timer and by descendants.
  private volatile long deadline;

  private volatile TaskRuntime.@Nullable Timer timer;

  DeadlineScope(@Nullable String name, Context context, long nanos) {
    super(context.scope(), context);
    this.name = name;
    this.entered = context.runtime().now();
    this.deadline = Durations.after(entered, nanos);
  }

  static <T extends @Nullable Object, X extends Exception> T run(
      @Nullable String name, long nanos, Work<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(body, "body");
    return run(name, nanos, deadline -> body.run());
  }

  /** Runs {@code body} under a deadline that counts from now. */
  static <T extends @Nullable Object, X extends Exception> T run(
      @Nullable String name, long nanos, DeadlineWork<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(body, "body");
    try {
      return Context.call(context -> new DeadlineScope(name, context, nanos).call(body));
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  /** Empty when the deadline cut the body short. */
  static <T, X extends Exception> Optional<T> runOrMoveOn(long nanos, Work<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    return DeadlineScope.<T, X>runOrMoveOn(nanos, deadline -> body.run());
  }

  /** Like {@link #runOrMoveOn(long, Work)}, for a body that reads or moves its deadline. */
  static <T, X extends Exception> Optional<T> runOrMoveOn(long nanos, DeadlineWork<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    try {
      return Context.call(context -> new DeadlineScope(null, context, nanos).callOrMoveOn(body));
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  /** The nanoseconds until {@code when}; zero when that has passed. */
  static long left(Instant when) {
    return Durations.between(Context.currentRuntime().instant(), requireNonNull(when, "when"));
  }

  @Override
  public @Nullable String label() {
    return name;
  }

  @Override
  public long deadline() {
    long now = deadline;
    return now < 0 ? ~now : now;
  }

  @Override
  public String deadlineOwner() {
    return owner();
  }

  <T extends @Nullable Object> T call(DeadlineWork<T, ?> body) throws Throwable {
    Context context = context();
    T value;
    context.enter(this);
    try {
      if (deadline > entered) {
        arm();
      } else {
        goneOff();
      }
      value = body.run(new Deadline(this));
    } catch (Throwable thrown) {
      boolean sent = leave();
      if (isExpiry(thrown, sent)) {
        reported = new DeadlineExceededException(owner(), after(), thrown);
        throw reported;
      }
      throw thrown;
    }
    leave();
    return value;
  }

  /** Empty when this deadline cut the body short; one of the body's own passes as it is. */
  <T> Optional<T> callOrMoveOn(DeadlineWork<T, ?> body) throws Throwable {
    try {
      T value = this.<T>call(body);
      return Optional.of(requireNonNull(value, NO_NULL));
    } catch (DeadlineExceededException exceeded) {
      if (exceeded != reported) {
        throw exceeded;
      }
      var failures = new Failures();
      if (exceeded.getCause() instanceof InterruptedException stopped) {
        failures.addBroughtAlong(this::owner, stopped);
      }
      if (exceeded.getCause() != null && !Endings.isMereInterrupt(exceeded.getCause())) {
        LOG.log(Level.WARNING, "a body that " + owner() + " cut short threw", exceeded.getCause());
      }
      if (!failures.isEmpty()) {
        throw new TaskGroupException(owner(), failures.kept(), failures.count());
      }
      return Optional.empty();
    }
  }

  /** Moves the deadline; false when it had expired, or the scope had been left, before. */
  boolean moveTo(long newDeadline) {
    while (true) {
      long current = deadline;
      if (current < 0 || timer == CLOSED) {
        return false;
      }
      if (DEADLINE.compareAndSet(this, current, newDeadline)) {
        if (newDeadline > context().runtime().now()) {
          arm();
        } else {
          goneOff();
        }
        return true;
      }
    }
  }

  /** True once the deadline has passed; then the scope is cancelled. */
  boolean isExpired() {
    if (deadline >= 0) {
      return false;
    }
    while (ownCause() == null) {
      // The timer is between its two steps: it has expired the deadline and now sets the cause.
      Thread.onSpinWait();
    }
    return true;
  }

  /** The name, and the path of the task in which the deadline was set. */
  String owner() {
    Scope around = parent();
    String path = around == null ? "" : around.path();
    String what = name == null ? "timeout" : name;
    return path.isEmpty() ? what : what + " in " + path;
  }

  private boolean leave() {
    boolean sent = context().leave(this);
    TaskRuntime.Timer last = (TaskRuntime.Timer) TIMER.getAndSet(this, CLOSED);
    if (last != null) {
      last.cancel();
    }
    return sent;
  }

  private void arm() {
    long when;
    do {
      when = deadline();
      if (when == TaskRuntime.NEVER) {
        return;
      }
      keep(context().runtime().schedule(when, this::goneOff));
      // Another may have moved the deadline and armed its timer before this one took its place.
    } while (when != deadline());
  }

  private void keep(TaskRuntime.Timer armed) {
    while (true) {
      TaskRuntime.Timer before = timer;
      if (before == CLOSED) {
        armed.cancel();
        return;
      }
      if (TIMER.compareAndSet(this, before, armed)) {
        if (before != null) {
          before.cancel();
        }
        return;
      }
    }
  }

  private void goneOff() {
    long current = deadline;
    if (current < 0) {
      return;
    }
    if (context().runtime().now() < current) {
      arm();
    } else {
      // Made before: once the deadline has expired, nothing may fail that others then wait for.
      String what = owner() + ": deadline of " + Words.of(Duration.ofNanos(current - entered));
      var cause = new StopCause(Kind.DEADLINE, what, null);
      if (DEADLINE.compareAndSet(this, current, ~current)) {
        cancel(cause);
      }
    }
  }

  private Duration after() {
    return Duration.ofNanos(deadline() - entered);
  }

  /** True when the body threw because this deadline passed, and not one around it. */
  private boolean isExpiry(Throwable thrown, boolean interruptSent) {
    CancelCause cause = ownCause();
    if (!isExpired() || cause == null) {
      return false;
    }
    if (thrown instanceof CancelledException stopped) {
      return stopped.cancellation().equals(StopCause.cancellation(cause));
    }
    return Endings.acknowledges(thrown, true, interruptSent, context());
  }
}
