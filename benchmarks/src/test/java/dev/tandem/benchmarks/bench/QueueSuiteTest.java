package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    List<Bar> found =
        suite.bars(Tempo.FULL).stream()
            .filter(bar -> bar.peer().equals(peer) && bar.goal() != null)
            .toList();
    assertEquals(works, found.size());
    for (Bar bar : found) {
      assertEquals(goal, bar.goal());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "semaphore, nobody waits|1.2",
        "semaphore, 1 permit, 1,000 tasks|1.0",
        "semaphore, 2 permits, 1,000 tasks|1.0",
        "semaphore, 4 permits, 1,000 tasks|1.0",
        "semaphore, 8 permits, 1,000 tasks|1.0",
        "semaphore, 32 permits, 1,000 tasks|1.0",
        "semaphore, 128 permits, 1,000 tasks|1.0",
        "semaphore, 100,000 permits, 1,000 tasks|1.2",
        "semaphore, 100,000 permits, a task on each processor|1.2",
      })
  void goals_ofSemaphores_areThoseOfTheDesign(String work, double goal) {
    List<Bar> found =
        suite.bars(Tempo.FULL).stream()
            .filter(bar -> bar.work().name().equals(work) && bar.peer().contains("fair"))
            .filter(bar -> bar.goal() != null)
            .toList();
    assertEquals(List.of(goal), found.stream().map(Bar::goal).toList());
  }

  @ParameterizedTest
  @CsvSource({"LinkedBlockingQueue", "asyncio"})
  void full_hasARowForEachShapeOfAQueueWithRoom(String peer) {
    Set<String> found =
        suite.bars(Tempo.FULL).stream()
            .filter(bar -> bar.peer().equals(peer) && bar.work().name().startsWith("queue of"))
            .map(bar -> bar.work().name())
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "queue of 16, two threads",
            "queue of 16, a chain of 10,000",
            "queue of 16, 10,000 pairs",
            "queue of 100, two threads",
            "queue of 100, a chain of 10,000",
            "queue of 100, 10,000 pairs"),
        found);
  }

  @Test
  void quick_hasARowForEachGoalOfTheDesign() {
    assertEquals(peersWithGoals(Tempo.FULL), peersWithGoals(Tempo.QUICK));
  }

  private Set<String> peersWithGoals(Tempo tempo) {
    return suite.bars(tempo).stream()
        .filter(bar -> bar.goal() != null)
        .map(Bar::peer)
        .collect(Collectors.toSet());
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
