package dev.tandem.internal;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** How much of a data structure's operations Lincheck tries: three threads, two actors each. */
public final class Linearizability {

  private Linearizability() {}

  /** The interleavings one by one. */
  public static ModelCheckingOptions modelled() {
    return new ModelCheckingOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1);
  }

  /** The threads run free. */
  public static StressOptions free() {
    return new StressOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(10 * Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1);
  }
}
