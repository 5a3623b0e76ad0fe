package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The goals, written a second time, and that something measures for each of them. */
final class QueueSuiteTest {

  private final QueueSuite suite = new QueueSuite();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SynchronousQueue|0.8|3",
        "ArrayBlockingQueue|0.8|6",
        "Jox|0.8|11",
        "Kotlin|1.2|11",
      })
  void goals_areThoseOfTheDesign(String peer, double goal, int works) {
    List<Bar> found = suite.bars().stream().filter(bar -> bar.peer().equals(peer)).toList();
    assertEquals(works, found.size());
    for (Bar bar : found) {
      assertEquals(goal, bar.goal());
    }
  }

  @ParameterizedTest
  @EnumSource(Tempo.class)
  void bars_haveAProbeForBothSides(Tempo tempo) {
    SuiteChecks.bothSidesAreMeasured(suite, tempo);
  }

  @Test
  void quick_takesLessThanTenMinutes() {
    Duration once =
        suite.probes(Tempo.QUICK).stream()
            .map(Probe::estimate)
            .reduce(Duration.ZERO, Duration::plus);
    Duration all = once.multipliedBy(suite.rounds(Tempo.QUICK));
    assertTrue(all.compareTo(Duration.ofMinutes(10)) < 0, all.toString());
  }
}
