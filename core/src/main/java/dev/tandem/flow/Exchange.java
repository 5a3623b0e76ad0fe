package dev.tandem.flow;

import dev.tandem.internal.ShortLock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The mechanism of a queue: what is in it, and who waits for it. */
final class Exchange<E> {

  /*
   * Under one lock. Takers wait only while nothing is in store, putters only while the store is
   * full. So a put hands its item to the first taker, and a take lets the first putter's item in:
   * nobody who comes later can overtake. Whoever is handed something is claimed first; one that
   * gave up cannot be, and is passed over. The claimed are woken when the lock is free again.
   *
   * A select holds the locks of all its queues while it looks and lines up, in the order of their
   * numbers. So nobody can find it half lined up, and of two parties that meet one is always
   * unknown to all others: one claim is enough.
   */

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** For the order in which several are locked. */
  final long number = NUMBERS.getAndIncrement();

  final int capacity;

  // All below is guarded by the lock.
  final Line<E> putters = new Line<>();
  final Line<E> takers = new Line<>();
  final Line<E> joiners = new Line<>();
  private final ShortLock lock = new ShortLock();
  private final Storage<E> storage;
  private long unfinished;
  private boolean shutDown;
  private @Nullable Throwable cause;
  private @Nullable Place<E> firstClaimed;
  private @Nullable Place<E> lastClaimed;

  Exchange(int capacity, Storage<E> storage) {
    this.capacity = capacity;
    this.storage = storage;
  }

  void lock() {
    lock.lock();
  }

  /** Lets the lock go, then wakes those who were claimed meanwhile. */
  void unlock() {
    Place<E> place = firstClaimed;
    firstClaimed = null;
    lastClaimed = null;
    lock.unlock();
    while (place != null) {
      Place<E> next = place.next;
      place.waiter.wake();
      place = next;
    }
  }

  /** Throws if the item can never be put in; needs no lock. */
  void check(E item) {
    storage.check(item);
  }

  /** Puts the item in or hands it over; false when there is no room and nobody takes it. */
  boolean put(E item) {
    if (shutDown) {
      throw QueueShutDownException.refusingPut(cause);
    }
    if (hand(item)) {
      return true;
    }
    if (storage.size() >= capacity) {
      return false;
    }
    storage.add(item);
    unfinished++;
    return true;
  }

  /** Takes what comes next; null when there is nothing. */
  @Nullable E take() {
    if (storage.size() == 0) {
      return collect();
    }
    E item = storage.remove();
    E next = collect();
    if (next != null) {
      storage.admit(next);
    }
    return item;
  }

  private boolean hand(E item) {
    for (Place<E> taker = takers.callFirst(); taker != null; taker = takers.callFirst()) {
      if (taker.hand(item)) {
        unfinished++;
        wakeLater(taker);
        return true;
      }
    }
    return false;
  }

  /** Takes its item from the first putter who still waits. */
  private @Nullable E collect() {
    for (Place<E> putter = putters.callFirst(); putter != null; putter = putters.callFirst()) {
      if (putter.release()) {
        unfinished++;
        wakeLater(putter);
        return putter.item;
      }
    }
    return null;
  }

  /** One item that was taken has been dealt with; false when none is in anybody's hands. */
  boolean taskDone() {
    if (unfinished == storage.size()) {
      return false;
    }
    finished(1);
    return true;
  }

  private void finished(int count) {
    unfinished -= count;
    if (unfinished == 0) {
      for (Place<E> joiner = joiners.callFirst(); joiner != null; joiner = joiners.callFirst()) {
        if (joiner.release()) {
          wakeLater(joiner);
        }
      }
    }
  }

  boolean isFinished() {
    return unfinished == 0;
  }

  /** Nothing more goes in; the first call says why. */
  void shutDown(@Nullable Throwable why) {
    if (shutDown) {
      return;
    }
    shutDown = true;
    cause = why;
    turnAway(putters);
    // They wait for nothing any more if there is nothing, and if there is something, nobody waits.
    turnAway(takers);
  }

  /** Takes out what nobody will be given any more. */
  List<E> drop() {
    List<E> undelivered = storage.removeAll();
    if (!undelivered.isEmpty()) {
      finished(undelivered.size());
    }
    return undelivered;
  }

  private void turnAway(Line<E> line) {
    for (Place<E> place = line.callFirst(); place != null; place = line.callFirst()) {
      if (place.waiter.claim()) {
        wakeLater(place);
      }
    }
  }

  boolean isShutDown() {
    return shutDown;
  }

  /** Nothing will ever come out again. */
  boolean isOver() {
    return shutDown && storage.size() == 0;
  }

  boolean hasFailed() {
    return cause != null;
  }

  /** The exception for a taker when {@link #isOver}; needs no lock then. */
  QueueShutDownException nothingLeft() {
    return QueueShutDownException.nothingLeft(cause);
  }

  AsyncQueue.Statistics statistics() {
    return new AsyncQueue.Statistics(
        storage.size(),
        capacity,
        putters.length(),
        takers.length(),
        joiners.length(),
        unfinished,
        shutDown);
  }

  private void wakeLater(Place<E> place) {
    if (lastClaimed == null) {
      firstClaimed = place;
    } else {
      lastClaimed.next = place;
    }
    lastClaimed = place;
  }
}
