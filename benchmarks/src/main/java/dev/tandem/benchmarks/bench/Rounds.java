package dev.tandem.benchmarks.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the probes of a suite: all of them in every round, and every other round backwards, so that
 * a machine that grows slower or faster favours nobody.
 */
final class Rounds {

  private final List<Probe> probes;
  private final int rounds;
  private final Consumer<String> progress;

  Rounds(List<Probe> probes, int rounds, Consumer<String> progress) {
    this.probes = probes;
    this.rounds = rounds;
    this.progress = progress;
  }

  Figures run() throws InterruptedException {
    var figures = new Figures();
    Set<Probe> givenUp = new HashSet<>();
    Duration left = estimate().multipliedBy(rounds);
    for (int round = 1; round <= rounds; round++) {
      for (Probe probe : order(round)) {
        if (!givenUp.contains(probe)) {
          progress.accept(line(round, probe, left));
          if (!measured(probe, figures)) {
            givenUp.add(probe);
          }
        }
        left = left.minus(probe.estimate());
      }
    }
    return figures;
  }

  private boolean measured(Probe probe, Figures figures) throws InterruptedException {
    try {
      for (Map.Entry<Work, Double> figure : probe.measure().entrySet()) {
        figures.add(figure.getKey(), probe.contender(), figure.getValue());
      }
      return true;
    } catch (NoFigureException none) {
      progress.accept("  " + none.why());
      for (Work work : probe.works()) {
        figures.miss(work, probe.contender(), none.why());
      }
      return false;
    }
  }

  private List<Probe> order(int round) {
    return round % 2 == 1 ? probes : new ArrayList<>(probes).reversed();
  }

  private Duration estimate() {
    return probes.stream().map(Probe::estimate).reduce(Duration.ZERO, Duration::plus);
  }

  private String line(int round, Probe probe, Duration left) {
    return "round "
        + round
        + " of "
        + rounds
        + ", "
        + probe.works().getFirst().name()
        + ": "
        + probe.contender()
        + " (about "
        + minutes(left)
        + " left)";
  }

  private static String minutes(Duration time) {
    return time.compareTo(Duration.ofMinutes(2)) < 0
        ? Math.max(1, time.toSeconds()) + " s"
        : time.plusSeconds(30).toMinutes() + " min";
  }
}
