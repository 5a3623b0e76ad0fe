package dev.tandem.samples.lab;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all servers of one kind in a lab do together, or those of several kinds. */
public final class LabCounters {

  private final @Nullable LabCounters whole;

  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();

  /** Counts for itself, and for the labs that are given it. */
  public LabCounters() {
    this(null);
  }

  /** Counts for a part of {@code whole}, and there too. */
  LabCounters(@Nullable LabCounters whole) {
    this.whole = whole;
  }

  /** A request's head has been read. */
  void begin() {
    if (whole != null) {
      whole.begin();
    }
    requests.incrementAndGet();
    int now = inProgress.incrementAndGet();
    int before = peak.get();
    while (now > before && !peak.compareAndSet(before, now)) {
      before = peak.get();
    }
  }

  /** Its response is about to be written, or will never be. */
  void end() {
    if (whole != null) {
      whole.end();
    }
    inProgress.decrementAndGet();
  }

  int inProgress() {
    return inProgress.get();
  }

  /** How many requests were worked on at once at most. */
  public int peak() {
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
