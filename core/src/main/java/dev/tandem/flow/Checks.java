package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Durations;
import java.time.Duration;

/** Arguments at the door. */
final class Checks {

  private Checks() {}

  static int atLeastOne(int number, String name) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + number);
    }
    return number;
  }

  /** The nanoseconds of a duration that must be above zero. */
  static long longer(Duration duration, String name) {
    return Durations.positive(requireNonNull(duration, name), name);
  }

  static int notNegative(int number, String name) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " must not be negative, but was " + number);
    }
    return number;
  }
}
