package dev.tandem.benchmarks.bench;

import java.util.List;

/** The suites there are; a new one is added here and nowhere else. */
final class Suites {

  static final List<Suite> ALL = List.of(new CoreSuite(), new QueueSuite());

  private Suites() {}
}
