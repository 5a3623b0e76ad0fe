package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The deadline of a {@link Tandem#timeout timeout}, to be read and moved while it runs. Usable from
 * any thread.
 */
public final class Deadline {

  private final DeadlineScope scope;

  Deadline(DeadlineScope scope) {
    this.scope = scope;
  }

  /**
   * The time left for the current code, by the earliest of all the deadlines it runs under; zero
   * when that has passed, empty when there is none.
   */
  public static Optional<Duration> current() {
    Context context = Context.current();
    Scope innermost = context == null ? null : context.scope();
    if (context == null || innermost == null) {
      return Optional.empty();
    }
    return left(innermost.effectiveDeadline(), context.runtime());
  }

  /** The time left until this deadline; zero when it has passed, empty when it never comes. */
  public Optional<Duration> remaining() {
    return left(scope.deadline(), scope.context().runtime());
  }

  /**
   * Moves the deadline, in either direction. A deadline that has expired stays so: its scope is
   * being cancelled.
   *
   * @param fromNow how long from now it shall be
   * @return false when it had expired, or its scope had ended, before
   * @throws IllegalArgumentException when {@code fromNow} is not longer than zero
   */
  public boolean reschedule(Duration fromNow) {
    long nanos = Durations.positive(fromNow, "fromNow");
    return scope.moveTo(Durations.after(scope.context().runtime().now(), nanos));
  }

  /**
   * Moves the deadline to a date and time; see {@link Tandem#timeoutAt(Instant, Work)}.
   *
   * @param when when it shall be; a moment that has passed cancels the scope at once
   * @return false when it had expired, or its scope had ended, before
   */
  public boolean rescheduleAt(Instant when) {
    TaskRuntime runtime = scope.context().runtime();
    long left = Durations.between(runtime.instant(), requireNonNull(when, "when"));
    return scope.moveTo(Durations.after(runtime.now(), left));
  }

  /** True once the deadline has passed and its scope is cancelled. */
  public boolean isExpired() {
    return scope.isExpired();
  }

  /** Who set it: its name and the path of the task it was set in. */
  public String owner() {
    return scope.owner();
  }

  private static Optional<Duration> left(long deadline, TaskRuntime runtime) {
    return deadline == TaskRuntime.NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, deadline - runtime.now())));
  }
}
