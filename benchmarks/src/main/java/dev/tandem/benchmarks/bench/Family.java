package dev.tandem.benchmarks.bench;

import java.util.List;

/** Bars of a suite that belong together, and their probes. */
interface Family {

  List<Bar> bars(Tempo tempo);

  List<Probe> probes(Tempo tempo);
}
