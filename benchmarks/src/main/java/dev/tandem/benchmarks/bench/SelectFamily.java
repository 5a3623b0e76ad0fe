package dev.tandem.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A select over one rendezvous, and over two. */
final class SelectFamily implements Family {

  private static final Work ONE = Work.time("select with one clause");
  private static final Work TWO = Work.time("select with two clauses");

  private static final double JOX_GOAL = 0.8;
  private static final double KOTLIN_GOAL = 1.2;

  private static final String CLASS = "dev.tandem.benchmarks.queues.SelectBenchmark.";

  @Override
  public List<Bar> bars(Tempo tempo) {
    return List.of(
        new Bar(QueueSuite.NAME, ONE, "Jox", JOX_GOAL),
        new Bar(QueueSuite.NAME, ONE, "Kotlin", KOTLIN_GOAL),
        new Bar(QueueSuite.NAME, TWO, "Jox", JOX_GOAL),
        new Bar(QueueSuite.NAME, TWO, "Kotlin", KOTLIN_GOAL));
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    var probes = new ArrayList<Probe>();
    for (Work work : List.of(ONE, TWO)) {
      String clauses = work.equals(ONE) ? "One" : "Two";
      probes.add(new JmhProbe(work, Bar.TANDEM, CLASS + "tandem" + clauses, Map.of(), tempo));
      probes.add(new JmhProbe(work, "Jox", CLASS + "jox" + clauses, Map.of(), tempo));
      probes.add(new JmhProbe(work, "Kotlin", CLASS + "kotlin" + clauses, Map.of(), tempo));
    }
    return probes;
  }
}
