package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds for every suite. */
final class SuiteChecks {

  private SuiteChecks() {}

  /** Each bar has one probe that measures it, and one for what it is compared with. */
  static void bothSidesAreMeasured(Suite suite, Tempo tempo) {
    Set<List<Object>> measured = new HashSet<>();
    for (Probe probe : suite.probes(tempo)) {
      for (Work work : probe.works()) {
        assertTrue(measured.add(List.of(work, probe.contender())), "twice: " + probe);
      }
    }
    for (Bar bar : suite.bars(tempo)) {
      assertTrue(measured.contains(List.of(bar.work(), bar.peer())), bar.toString());
      assertTrue(measured.contains(List.of(bar.work(), Bar.TANDEM)), bar.toString());
    }
  }
}
