package dev.tandem.samples.lab;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all nodes of a lab do together. */
final class IseCounters {

  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();

  /** A request's head has been read. */
  void begin() {
    requests.incrementAndGet();
    int now = inProgress.incrementAndGet();
    int before = peak.get();
    while (now > before && !peak.compareAndSet(before, now)) {
      before = peak.get();
    }
  }

  /** Its response is about to be written, or will never be. */
  void end() {
    inProgress.decrementAndGet();
  }

  int inProgress() {
    return inProgress.get();
  }

  int peak() {
    return peak.get();
  }

  long requests() {
    return requests.get();
  }

  /** Begins anew; requests under way go on to count as such. */
  void reset() {
    requests.set(0);
    peak.set(inProgress.get());
  }
}
