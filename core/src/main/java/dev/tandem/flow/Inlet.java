package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import org.jspecify.annotations.Nullable;

/** Where items go in. What is not said to need no lock needs it. */
interface Inlet<E> {

  WakingLock mutex();

  /** Throws if the item can never be put in. */
  void check(E item);

  /**
   * Puts the item in or hands it over; false when there is no room and nobody takes it.
   *
   * @throws QueueShutDownException when nothing goes in any more
   */
  boolean put(E item);

  /** Like {@link #put}; called without the lock. */
  default boolean putNow(E item) {
    WakingLock lock = mutex();
    lock.lock();
    try {
      return put(item);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets {@code place} wait for room; called without the lock.
   *
   * @return false when its item went in at once
   * @throws QueueShutDownException when nothing goes in any more
   */
  default boolean lineUp(PutPlace<E> place) {
    return place.join();
  }

  /** Where one who puts and one who takes meet without the lock; null where nobody does. */
  default @Nullable Spot<E> spot() {
    return null;
  }

  /** Hands the item to one who stands at the spot, without the lock; false when nobody does. */
  default boolean putAtSpot(E item) {
    return false;
  }

  /** What those wait for who wait for {@link #put}; called by any thread, without the lock. */
  Awaited awaitedRoom();

  /** Those who wait for {@link #put}; served when there is room. */
  Line<E> putters();
}
