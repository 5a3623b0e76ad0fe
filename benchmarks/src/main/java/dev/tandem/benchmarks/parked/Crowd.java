package dev.tandem.benchmarks.parked;

/** A way of starting many tasks that wait for something that never happens. */
interface Crowd {

  /**
   * Starts the tasks, calls {@code allWait} once every one of them waits, cancels them all, and
   * returns when the last has ended.
   */
  void run(int count, Runnable allWait) throws Exception;
}
