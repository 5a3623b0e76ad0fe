package dev.tandem.benchmarks.bench;

import java.util.Locale;

/** Something that contenders do, and what of it is counted: less is better. */
record Work(String name, Unit unit) {

  enum Unit {
    NANOSECONDS,
    BYTES
  }

  static Work time(String name) {
    return new Work(name, Unit.NANOSECONDS);
  }

  static Work bytes(String name) {
    return new Work(name, Unit.BYTES);
  }

  /** An amount of this work's unit, as people read it. */
  String format(double amount) {
    if (unit == Unit.BYTES) {
      return String.format(Locale.ROOT, "%,.0f B", amount);
    }
    if (amount < 10e3) {
      return String.format(Locale.ROOT, "%,.0f ns", amount);
    }
    if (amount < 10e6) {
      return String.format(Locale.ROOT, "%,.0f us", amount / 1e3);
    }
    return String.format(Locale.ROOT, "%,.0f ms", amount / 1e6);
  }
}
