package dev.tandem.benchmarks.bench;

import java.util.List;

/** What tasks hand each other: items through queues, and permits. */
final class QueueSuite implements Suite {

  static final String NAME = "queues";

  /** The families of bars; a new one is added here and nowhere else. */
  private static final List<Family> FAMILIES =
      List.of(new ChannelFamily(), new SelectFamily(), new SemaphoreFamily());

  private static final int ROUNDS = 3;
  private static final int QUICK_ROUNDS = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Items handed on through queues, in pairs, chains and by select; semaphores.";
  }

  @Override
  public List<Bar> bars() {
    return FAMILIES.stream().flatMap(family -> family.bars().stream()).toList();
  }

  @Override
  public int rounds(Tempo tempo) {
    return tempo == Tempo.QUICK ? QUICK_ROUNDS : ROUNDS;
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    return FAMILIES.stream().flatMap(family -> family.probes(tempo).stream()).toList();
  }
}
