package dev.tandem;

import java.time.Duration;
import java.util.Locale;

/** Values as messages show them. */
final class Words {

  private Words() {}

  /** A duration in the largest unit of which it has at least one, to three decimals at most. */
  static String of(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 1e3) + " \u00b5s";
    }
    if (nanos < 1_000_000_000L) {
      return decimal(nanos, 1e6) + " ms";
    }
    return decimal(nanos, 1e9) + " s";
  }

  /** What an exception says of itself; its type, when even that fails. */
  static String of(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (Throwable speechless) {
      return thrown.getClass().getName();
    }
  }

  private static String decimal(long nanos, double unit) {
    String digits = String.format(Locale.ROOT, "%.3f", nanos / unit);
    return digits.replaceFirst("\\.?0+$", "");
  }
}
