package dev.tandem.benchmarks.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A suite that needs no time: Tandem takes 1, 2 and 3 in its rounds, one peer 4. */
final class FakeSuite implements Suite {

  static final Work WORK = Work.time("counting");

  private int round;

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String description() {
    return "Counts.";
  }

  @Override
  public List<Bar> bars(Tempo tempo) {
    return List.of(
        new Bar("fake", WORK, "four", 0.6),
        new Bar("fake", WORK, "four, strictly", 0.4),
        new Bar("fake", WORK, "absent", 1.0),
        new Bar("fake", WORK, "by the way", null));
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    return List.of(
        new FakeProbe(Bar.TANDEM, () -> ++round),
        new FakeProbe("four", () -> 4),
        new FakeProbe("four, strictly", () -> 4),
        new FakeProbe(
            "absent",
            () -> {
              throw new NoFigureException("skipped: no absent");
            }),
        new FakeProbe("by the way", () -> 2));
  }

  /** A figure out of nowhere. */
  interface Source {
    double next() throws NoFigureException;
  }

  record FakeProbe(String contender, Source source) implements Probe {

    @Override
    public List<Work> works() {
      return List.of(WORK);
    }

    @Override
    public Duration estimate() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Map<Work, Double> measure() throws NoFigureException {
      return Map.of(WORK, source.next());
    }
  }
}
