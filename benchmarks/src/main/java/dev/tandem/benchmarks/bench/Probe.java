package dev.tandem.benchmarks.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures what one contender needs, in a process of its own. */
interface Probe {

  String contender();

  /** The works it measures. */
  List<Work> works();

  /** About how long one measurement takes. */
  Duration estimate();

  /**
   * Measures once.
   *
   * @return the amount for each of the works
   * @throws NoFigureException when this contender cannot be measured here
   */
  Map<Work, Double> measure() throws NoFigureException, InterruptedException;
}
