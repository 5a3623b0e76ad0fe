package dev.tandem.benchmarks.bench;

import org.jspecify.annotations.Nullable;

/**
 * A bar after the measurement.
 *
 * @param ratio what Tandem needs as a multiple of what the peer needs; null without a figure of one
 *     of them
 * @param missing why there is no ratio; null when there is one
 */
record Result(Bar bar, @Nullable Double ratio, @Nullable String missing) {

  static Result of(Bar bar, Figures figures) {
    String missing = figures.missing(bar.work(), Bar.TANDEM);
    if (missing == null) {
      missing = figures.missing(bar.work(), bar.peer());
    }
    return missing == null
        ? new Result(bar, figures.ratio(bar.work(), Bar.TANDEM, bar.peer()), null)
        : new Result(bar, null, missing);
  }

  /** Null when there is nothing to be met, or nothing to judge by. */
  @Nullable Boolean met() {
    return (ratio == null || bar.goal() == null) ? null : (Boolean) (ratio <= bar.goal());
  }
}
