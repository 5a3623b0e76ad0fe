package dev.tandem.inspect;

import dev.tandem.internal.Words;
import java.util.List;
import java.util.Locale;

/**
 * What a timeline kept, at one moment.
 *
 * @param moments in order of time
 * @param dropped how many were lost before them
 * @param origin when the first of all was, lost or not
 */
record Recording(List<Moment> moments, long dropped, long origin) {

  /** The time from the first event to the last, in nanoseconds; at least one. */
  long length() {
    return moments.isEmpty() ? 1 : Math.max(1, moments.getLast().at() - origin);
  }

  /** When the last event was. */
  long end() {
    return moments.isEmpty() ? origin : moments.getLast().at();
  }

  double seconds(long at) {
    return (at - origin) / 1e9;
  }

  /** What a task is called: a thread in no named scope has no path. */
  static String title(ObservedTask task) {
    return task.name().isEmpty() ? "(body)" : task.name();
  }

  static String path(ObservedTask task) {
    return task.path().isEmpty() ? "(body)" : task.path();
  }

  /** For a terminal, which would obey some characters instead of showing them. */
  static String printable(String words) {
    return words
        .codePoints()
        .map(point -> Words.isObeyed(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Seconds to three decimals, or to six where less would say nothing. */
  static String seconds(long nanos, boolean fine) {
    return String.format(Locale.ROOT, fine ? "%.6f" : "%.3f", nanos / 1e9);
  }

  /** True when there are times in it that are no whole milliseconds. */
  boolean isFine() {
    return moments.stream().anyMatch(moment -> (moment.at() - origin) % 1_000_000 != 0);
  }

  /** What was lost, in words; empty when nothing was. */
  String lost() {
    return dropped == 0 ? "" : dropped + " earlier events were dropped";
  }
}
