package dev.tandem.samples.gallery;

import dev.tandem.Tandem;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Time as the samples print it. */
public final class Elapsed {

  private Elapsed() {}

  /** The time since {@code start} on the current clock, as {@code 2.000 s}. */
  public static String since(Instant start) {
    return seconds(Duration.between(start, Tandem.now()));
  }

  /** A duration, as {@code 2.000 s}. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }
}
