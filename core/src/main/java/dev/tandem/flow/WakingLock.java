package dev.tandem.flow;

import dev.tandem.internal.ShortLock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A lock that wakes those who were claimed under it when it is free again, not before. */
final class WakingLock {

  private static final int TRIES = Integer.getInteger("q.tries", 16);
  private static final int PAUSES = Integer.getInteger("q.pauses", 16);

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** Whoever holds several locks at once takes them in the order of their numbers. */
  final long number = NUMBERS.getAndIncrement();

  private final ShortLock lock = new ShortLock();

  // Guarded by the lock.
  private @Nullable Place<?> first;
  private @Nullable Place<?> last;

  /*
   * Who finds the lock taken stays away from it for a while: what is done under it takes no time,
   * and two that look at it all the time would pass it to and fro, with all that it guards, for
   * each single item. So the other gets on with several.
   */
  void lock() {
    if (lock.tryLock()) {
      return;
    }
    for (int i = 0; i < TRIES; i++) {
      for (int pause = 0; pause < PAUSES; pause++) {
        Thread.onSpinWait();
      }
      if (lock.tryLock()) {
        return;
      }
    }
    lock.lock();
  }

  void unlock() {
    Place<?> place = first;
    first = null;
    last = null;
    lock.unlock();
    while (place != null) {
      Place<?> next = place.nextToWake;
      place.waiter.wake();
      place = next;
    }
  }

  /** Whoever stands at {@code place} has been claimed. */
  void wakeLater(Place<?> place) {
    if (last == null) {
      first = place;
    } else {
      last.nextToWake = place;
    }
    last = place;
  }

  /** Sends all away who stand in {@code line}, with nothing. */
  <E> void turnAway(Line<E> line) {
    for (Place<E> place = line.callFirst(); place != null; place = line.callFirst()) {
      if (place.waiter.claim()) {
        wakeLater(place);
      }
    }
  }
}
