package dev.tandem.benchmarks.bench;

import java.util.List;

/** A family of bars, and the probes that find the figures for them. */
interface Suite {

  /** How it is called on the command line. */
  String name();

  /** One sentence for the help. */
  String description();

  /** What is compared, in the order of the table; a quick run may leave something out. */
  List<Bar> bars(Tempo tempo);

  /** How often everything is run. */
  default int rounds(Tempo tempo) {
    return tempo.rounds();
  }

  /** What is run, once in every round; contenders for the same work stand side by side. */
  List<Probe> probes(Tempo tempo);
}
