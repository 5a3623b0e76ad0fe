package dev.tandem.benchmarks.bench;

import java.time.Duration;

/**
 * How long to measure. A round runs every probe once; a probe of JMH is one fork of so many short
 * iterations, whose median counts.
 */
enum Tempo {
  FULL(5, 4, 20, Duration.ofMillis(250)),
  QUICK(3, 2, 10, Duration.ofMillis(200)),
  /** Quick, for so many works that each can have but a moment. */
  BRIEF(2, 2, 8, Duration.ofMillis(120));

  private final int rounds;
  private final int warmUpSeconds;
  private final int iterations;
  private final Duration iteration;

  Tempo(int rounds, int warmUpSeconds, int iterations, Duration iteration) {
    this.rounds = rounds;
    this.warmUpSeconds = warmUpSeconds;
    this.iterations = iterations;
    this.iteration = iteration;
  }

  int rounds() {
    return rounds;
  }

  int warmUpSeconds() {
    return warmUpSeconds;
  }

  int iterations() {
    return iterations;
  }

  Duration iteration() {
    return iteration;
  }

  /** How long one contender does its work, without the start of its process. */
  Duration working() {
    return iteration.multipliedBy(iterations).plusSeconds(warmUpSeconds);
  }
}
