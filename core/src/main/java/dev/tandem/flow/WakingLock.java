package dev.tandem.flow;

import dev.tandem.internal.BriefLock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A lock that wakes those who were claimed under it when it is free again, not before. */
class WakingLock extends BriefLock {

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** Whoever holds several locks at once takes them in the order of their numbers. */
  final long number = NUMBERS.getAndIncrement();

  // Guarded by the lock.
  private @Nullable Place<?> first;

  // Null while there is but one.
  private @Nullable Place<?> last;

  /** Called with the lock just taken. */
  void taken() {}

  /** Called with the lock about to be let go of. */
  void leaving() {}

  @Override
  public void lock() {
    super.lock();
    taken();
  }

  @Override
  public void unlock() {
    Place<?> place = first;
    if (place != null) {
      first = null;
      last = null;
    }
    leaving();
    super.unlock();
    while (place != null) {
      Place<?> next = place.next;
      place.waiter().wake();
      place = next;
    }
  }

  /** Whoever stands at {@code place} has been called and claimed. */
  void wakeLater(Place<?> place) {
    if (first == null) {
      first = place;
    } else {
      Place<?> before = last == null ? first : last;
      follow(before, place);
      last = place;
    }
  }

  @SuppressWarnings("unchecked") // nothing is handed over any more
  private static <E> void follow(Place<E> before, Place<?> place) {
    before.next = (Place<E>) place;
  }

  /** Sends all away who stand in {@code line}, with nothing. */
  <E> void turnAway(Line<E> line) {
    for (Place<E> place = line.callFirst(); place != null; place = line.callFirst()) {
      if (place.waiter().claim()) {
        wakeLater(place);
      }
    }
  }
}
