package dev.tandem.benchmarks.queues;

/** What all contenders have in common. A process measures one of them, so the calls are direct. */
interface Pipe {

  void put(Integer item) throws InterruptedException;

  Integer take() throws InterruptedException;
}
