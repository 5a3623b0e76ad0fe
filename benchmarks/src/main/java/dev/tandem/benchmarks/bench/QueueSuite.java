package dev.tandem.benchmarks.bench;

import java.util.List;

/** What tasks hand each other: items through queues and iterators, and permits. */
final class QueueSuite implements Suite {

  static final String NAME = "queues";

  /** The families of bars; a new one is added here and nowhere else. */
  private static final List<Family> FAMILIES =
      List.of(new ChannelFamily(), new SelectFamily(), new SemaphoreFamily(), new IteratorFamily());

  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Items handed on through queues, in pairs, chains and by select; semaphores; iterators.";
  }

  @Override
  public List<Bar> bars(Tempo tempo) {
    return FAMILIES.stream().flatMap(family -> family.bars(mine(tempo)).stream()).toList();
  }

  @Override
  public int rounds(Tempo tempo) {
    return tempo == Tempo.FULL ? ROUNDS : mine(tempo).rounds();
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    return FAMILIES.stream().flatMap(family -> family.probes(mine(tempo)).stream()).toList();
  }

  private static Tempo mine(Tempo tempo) {
    return tempo == Tempo.QUICK ? Tempo.BRIEF : tempo;
  }
}
