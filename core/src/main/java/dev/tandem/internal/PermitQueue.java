package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** Permits handed out first come, first served; the mechanism under every limit. */
public final class PermitQueue {

  /*
   * Whoever frees permits walks the queue from its head and hands them over: first the waiter's
   * compare-and-set is won, then the permits are taken. A waiter that gave up loses that race, gets
   * nothing, and leaves the queue by itself. The head may want more than there is; then those
   * behind it wait too, or a large request would starve.
   */

  private final ShortLock lock = new ShortLock();

  // Guarded by the lock.
  private boolean shut;
  private long available;
  private int waiting;
  private @Nullable Entry head;
  private @Nullable Entry tail;

  public PermitQueue(long permits) {
    available = permits;
  }

  /** Takes permits if they are there and nobody waits. */
  public boolean tryAcquire(int permits) {
    lock.lock();
    try {
      return take(permits);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes permits, waiting in turn.
   *
   * @return false when the deadline passed first, or the queue is shut
   * @throws InterruptedException when cancelled or interrupted; then nothing was taken
   */
  public boolean acquire(int permits, long deadline) throws InterruptedException {
    Parking.checkpoint();
    Entry entry;
    lock.lock();
    try {
      if (take(permits)) {
        return true;
      }
      if (shut) {
        return false;
      }
      entry = new Entry(permits);
      append(entry);
    } finally {
      lock.unlock();
    }
    boolean granted = false;
    try {
      granted = Parking.await(entry, deadline) && !entry.turnedAway;
      return granted;
    } finally {
      if (!granted) {
        giveUp(entry);
      }
    }
  }

  /** Puts permits back and hands them to those whose turn it is. */
  public void release(int permits) {
    lock.lock();
    try {
      available += permits;
      grant();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody is given a permit; those who wait are sent away. */
  public void shut() {
    lock.lock();
    try {
      shut = true;
      while (head != null) {
        Entry next = head;
        remove(next);
        next.turnedAway = true;
        next.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A consistent view: permits free now, and waiters in the queue. */
  public Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(available, waiting);
    } finally {
      lock.unlock();
    }
  }

  /** Free permits and waiting tasks at one moment. */
  public record Snapshot(long available, int waiting) {}

  private boolean take(int permits) {
    if (shut || head != null || available < permits) {
      return false;
    }
    available -= permits;
    return true;
  }

  private void grant() {
    while (head != null && head.permits <= available) {
      Entry next = head;
      remove(next);
      if (next.signal()) {
        available -= next.permits;
      }
    }
  }

  private void giveUp(Entry entry) {
    lock.lock();
    try {
      if (entry.queued) {
        remove(entry);
        // It may have stood before others who want less.
        grant();
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(Entry entry) {
    entry.queued = true;
    entry.previous = tail;
    if (tail == null) {
      head = entry;
    } else {
      tail.next = entry;
    }
    tail = entry;
    waiting++;
  }

  private void remove(Entry entry) {
    entry.queued = false;
    if (entry.previous == null) {
      head = entry.next;
    } else {
      entry.previous.next = entry.next;
    }
    if (entry.next == null) {
      tail = entry.previous;
    } else {
      entry.next.previous = entry.previous;
    }
    waiting--;
  }

  private static final class Entry extends Waiter {
    final int permits;
    boolean queued;
    boolean turnedAway;
    @Nullable Entry previous;
    @Nullable Entry next;

    Entry(int permits) {
      this.permits = permits;
    }
  }
}
