package dev.tandem.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/** Durations as nanoseconds that neither overflow nor lose what is below a millisecond. */
public final class Durations {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  /** The nanoseconds of a duration that must be above zero. */
  public static long positive(Duration duration, String name) {
    if (!requireNonNull(duration, name).isPositive()) {
      throw new IllegalArgumentException(
          name + " must be longer than zero, but was " + duration + "; pass a positive Duration");
    }
    return nanos(duration);
  }

  /** The nanoseconds of a duration that may be zero. */
  public static long notNegative(Duration duration, String name) {
    if (requireNonNull(duration, name).isNegative()) {
      throw new IllegalArgumentException(
          name + " must not be negative, but was " + duration + "; pass zero or more");
    }
    return nanos(duration);
  }

  /** The nanoseconds from one moment to another; zero when that has passed. */
  public static long between(Instant from, Instant until) {
    return until.isAfter(from) ? nanos(Duration.between(from, until)) : 0;
  }

  /** The moment {@code nanos} after {@code now}; never when that is beyond the clock. */
  public static long after(long now, long nanos) {
    long sum = now + nanos;
    return sum < 0 ? TaskRuntime.NEVER : sum;
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
