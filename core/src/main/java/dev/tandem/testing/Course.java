package dev.tandem.testing;

import dev.tandem.internal.Durations;

/** When bytes that are written arrive, in one direction of one connection. */
final class Course {

  private final StreamFaults faults;
  private int stallsPast;
  private long sent;
  private long lastArrival;

  // Nothing arrives before that.
  private long earliest;

  Course(StreamFaults faults) {
    this.faults = faults;
  }

  /** How many of the next bytes arrive together, and without a fault in between. */
  int together(int count) {
    long most = Math.min(count, faults.trickle.bytes());
    most = Math.min(most, faults.resetAfter - sent);
    most = Math.min(most, faults.endAfter - sent);
    for (int i = stallsPast; i < faults.stalls.size(); i++) {
      long until = faults.stalls.get(i).after() - sent;
      if (until > 0) {
        return (int) Math.min(most, until);
      }
    }
    return (int) most;
  }

  /** When the next so many bytes arrive, which are sent now. */
  long send(int count, long now) {
    lastArrival = arrivalAt(now);
    sent += count;
    earliest = Math.max(earliest, Durations.after(lastArrival, faults.trickle.every()));
    return lastArrival;
  }

  /** When the end arrives, which is sent now. */
  long end(long now) {
    return Math.max(lastArrival, arrivalAt(now));
  }

  boolean isReset() {
    return sent >= faults.resetAfter;
  }

  boolean isEnded() {
    return sent >= faults.endAfter;
  }

  private long arrivalAt(long now) {
    // Without delays it does not matter whose clock that is, or whether it is the reader's.
    long soonest = faults.takesTime() ? Durations.after(now, faults.delay) : 0;
    while (stallsPast < faults.stalls.size() && faults.stalls.get(stallsPast).after() <= sent) {
      long from = sent == 0 ? soonest : lastArrival;
      earliest = Math.max(earliest, Durations.after(from, faults.stalls.get(stallsPast).nanos()));
      stallsPast++;
    }
    return Math.max(soonest, earliest);
  }
}
