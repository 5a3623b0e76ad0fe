package dev.tandem.samples.lab;

import java.util.concurrent.atomic.AtomicInteger;

/** How many devices run a command, now and at most. */
final class IosCounters {

  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  void begin() {
    int now = inProgress.incrementAndGet();
    peak.accumulateAndGet(now, Math::max);
  }

  void end() {
    inProgress.decrementAndGet();
  }

  int inProgress() {
    return inProgress.get();
  }

  int peak() {
    return peak.get();
  }

  /** Forgets the peak; what runs now goes on to count. */
  void reset() {
    peak.set(inProgress.get());
  }
}
