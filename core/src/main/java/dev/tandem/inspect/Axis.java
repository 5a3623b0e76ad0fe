package dev.tandem.inspect;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a time axis has its marks, and what they say. */
record Axis(List<Mark> marks) {

  /** A moment in nanoseconds from the start, and its label in seconds, without the unit. */
  record Mark(long at, String label) {}

  /** Marks at round times over so many nanoseconds, at most {@code most} beside the first. */
  static Axis over(long length, int most) {
    long step = step(length, Math.max(1, most));
    int decimals = Math.max(0, BigDecimal.valueOf(step, 9).stripTrailingZeros().scale());
    var marks = new ArrayList<Mark>();
    for (long at = 0; at >= 0 && at <= length; at += step) {
      marks.add(new Mark(at, String.format(Locale.ROOT, "%." + decimals + "f", at / 1e9)));
    }
    return new Axis(marks);
  }

  /** The least of 1, 2, 5, 10, 20, … that makes no more marks than that. */
  private static long step(long length, int most) {
    long power = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        long step = factor * power;
        if (step > 0 && length / step <= most) {
          return step;
        }
      }
      if (power > Long.MAX_VALUE / 50) {
        return Long.MAX_VALUE;
      }
      power *= 10;
    }
  }
}
