package dev.tandem.samples.gallery;

import dev.tandem.GroupWork;
import dev.tandem.Tandem;
import dev.tandem.inspect.Observation;
import dev.tandem.inspect.TaskObserver;
import dev.tandem.testing.VirtualRun;
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
 * @param observer is told what the tasks do; may be null
 */
record Stage(boolean real, @Nullable Long seed, @Nullable TaskObserver observer) {

  /** The stage that an exhibit asks for. */
  static Stage of(Exhibit exhibit) {
    return new Stage(exhibit.runsOn() == RunsOn.REAL, null, null);
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
    if (!real) {
      return virtualTime(timed);
    }
    if (observer == null) {
      return Tandem.run(timed);
    }
    try (var _ = Observation.of(observer)) {
      return Tandem.run(timed);
    }
  }

  private Duration virtualTime(GroupWork<Duration, Exception> timed) throws Exception {
    if (seed == null) {
      return observer == null
          ? VirtualTime.run(timed)
          : VirtualTime.observedBy(observer).run(timed);
    }
    VirtualRun shuffled = VirtualTime.seed(seed);
    return (observer == null ? shuffled : shuffled.observedBy(observer)).run(timed);
  }
}
