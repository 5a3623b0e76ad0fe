package dev.tandem.samples.gallery;

import dev.tandem.GroupWork;
import dev.tandem.Tandem;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a sample runs: on virtual time, which costs nothing, or on the clock of the machine, where
 * Ctrl+C cancels it.
 *
 * @param real whether it is the clock of the machine
 * @param seed chooses the order of what happens at the same moment of virtual time; null for the
 *     order in which it was asked for
 */
record Stage(boolean real, @Nullable Long seed) {

  /** The stage that an exhibit asks for. */
  static Stage of(Exhibit exhibit) {
    return new Stage(exhibit.runsOn() == RunsOn.REAL, null);
  }

  /**
   * Runs a sample.
   *
   * @return how long it took on the clock of the stage
   */
  Duration perform(Sample sample) throws Exception {
    GroupWork<Duration, Exception> timed =
        group -> {
          Instant start = Tandem.now();
          sample.run();
          return Duration.between(start, Tandem.now());
        };
    if (real) {
      return Tandem.run(timed);
    }
    return seed == null ? VirtualTime.run(timed) : VirtualTime.seed(seed).run(timed);
  }
}
