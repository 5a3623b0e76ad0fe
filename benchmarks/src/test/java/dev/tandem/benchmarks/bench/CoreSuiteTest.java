package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The goals, written a second time, and that something measures for each of them. */
final class CoreSuiteTest {

  private final CoreSuite suite = new CoreSuite();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gather, 10,000 empty items|bare virtual threads|0.2",
        "gather, 10,000 empty items|StructuredTaskScope|0.15",
        "gather, 10,000 empty items|Jox|0.05",
        "gather, 10,000 empty items|asyncio|0.01",
        "gather, 10,000 items of 1 ms sleep|bare virtual threads|1.10",
        "group with 2 children|bare virtual threads|1.15",
        "group with 2 children|Jox|0.5",
        "timeout, not expiring|timer and scoped value|2.34375",
        "timeout, not expiring|Failsafe|0.1",
        "timeout, not expiring|Jox|0.1",
        "timeout, not expiring|asyncio|0.1",
        "a million parked tasks: bytes each|bare virtual threads|1.15",
        "a million parked tasks: bytes each|asyncio|1.0",
        "a million parked tasks: cancel all|bare virtual threads|1.1",
        "a million parked tasks: cancel all|asyncio|1.0",
      })
  void goals_areThoseOfTheDesign(String work, String peer, double goal) {
    List<Bar> found =
        suite.bars(Tempo.FULL).stream()
            .filter(bar -> bar.work().name().equals(work) && bar.peer().equals(peer))
            .toList();
    assertEquals(1, found.size());
    assertEquals(goal, found.getFirst().goal());
  }

  @Test
  void goals_thatTheDesignDoesNotName_areOnlyForInformation() {
    assertEquals(17, suite.bars(Tempo.FULL).stream().filter(bar -> bar.goal() != null).count());
  }

  @ParameterizedTest
  @EnumSource(Tempo.class)
  void bars_haveAProbeForBothSides(Tempo tempo) {
    SuiteChecks.bothSidesAreMeasured(suite, tempo);
  }

  @Test
  void quick_ofAllRounds_staysWithinTenMinutes() {
    long seconds =
        Tempo.QUICK.rounds()
            * suite.probes(Tempo.QUICK).stream().mapToLong(p -> p.estimate().toSeconds()).sum();
    assertTrue(seconds < 8 * 60, seconds + " s leaves too little for a slow machine");
  }
}
