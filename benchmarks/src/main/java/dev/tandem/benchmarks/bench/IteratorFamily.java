package dev.tandem.benchmarks.bench;

import static dev.tandem.benchmarks.bench.Bar.TANDEM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code mapConcurrent} of an iterator, which no goal is set for. */
final class IteratorFamily implements Family {

  /** {@code mapConcurrentUnordered}. */
  private static final String UNORDERED = "Tandem, unordered";

  private static final String GATHERER = "Gatherers.mapConcurrent";
  private static final String CLASS = "dev.tandem.benchmarks.MapConcurrentBenchmark.";

  /** So many items at once, each of which sleeps for so long. */
  private record Mapped(int limit, int sleepMillis, Work work) {

    Mapped(int limit, int sleepMillis) {
      this(
          limit,
          sleepMillis,
          Work.time(
              "mapConcurrent, 1,000 "
                  + (sleepMillis == 0 ? "empty items, " : "items of 1 ms sleep, ")
                  + limit
                  + " at once"));
    }

    boolean isQuick() {
      return limit == 16;
    }
  }

  private static List<Mapped> mapped(Tempo tempo) {
    return Stream.of(4, 16, 256)
        .flatMap(limit -> Stream.of(new Mapped(limit, 0), new Mapped(limit, 1)))
        .filter(mapped -> tempo == Tempo.FULL || mapped.isQuick())
        .toList();
  }

  @Override
  public List<Bar> bars(Tempo tempo) {
    var bars = new ArrayList<Bar>();
    for (Mapped mapped : mapped(tempo)) {
      bars.add(new Bar(QueueSuite.NAME, mapped.work, GATHERER, null));
      bars.add(new Bar(QueueSuite.NAME, mapped.work, UNORDERED, null));
    }
    return bars;
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    var probes = new ArrayList<Probe>();
    for (Mapped mapped : mapped(tempo)) {
      probes.add(probe(mapped, TANDEM, "ordered", tempo));
      probes.add(probe(mapped, UNORDERED, "unordered", tempo));
      probes.add(probe(mapped, GATHERER, "gatherer", tempo));
    }
    return probes;
  }

  private static Probe probe(Mapped mapped, String contender, String method, Tempo tempo) {
    return new JmhProbe(
        mapped.work,
        contender,
        CLASS + method,
        Map.of(
            "limit", Integer.toString(mapped.limit),
            "sleepMillis", Integer.toString(mapped.sleepMillis)),
        tempo);
  }
}
