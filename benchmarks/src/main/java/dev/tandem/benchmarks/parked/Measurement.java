package dev.tandem.benchmarks.parked;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap before and while the tasks wait, and the time from then to their end. */
final class Measurement {

  private static final int COLLECTIONS = 3;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final int count;

  private long before;
  private long waiting;
  private long cancelled;
  private long ended;

  Measurement(int count) {
    this.count = count;
  }

  void begin() {
    before = usedHeap();
  }

  /** All tasks wait; the clock starts when this returns. */
  void allWait() {
    waiting = usedHeap();
    cancelled = System.nanoTime();
  }

  void end() {
    ended = System.nanoTime();
  }

  double bytesEach() {
    return (double) (waiting - before) / count;
  }

  long cancelNanos() {
    return ended - cancelled;
  }

  private long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
