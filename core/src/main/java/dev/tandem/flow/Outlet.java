package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import org.jspecify.annotations.Nullable;

/** Where items come out. What is not said to need no lock needs it. */
interface Outlet<E> {

  WakingLock mutex();

  /** Takes what comes next; null when there is nothing. */
  @Nullable E take();

  /** Like {@link #take}, whether the end has come or not; called without the lock. */
  default @Nullable E takeNow() {
    WakingLock lock = mutex();
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets {@code place} wait for an item; called without the lock.
   *
   * @return false when its item is there by now, or nothing is left
   * @throws QueueShutDownException when nothing is left, and that is to be complained of
   */
  default boolean lineUp(TakePlace<E> place) {
    return place.join();
  }

  /** Where one who puts and one who takes meet without the lock; null where nobody does. */
  default @Nullable Spot<E> spot() {
    return null;
  }

  /** Takes from one who stands at the spot, without the lock; null when nobody does. */
  default @Nullable E takeAtSpot() {
    return null;
  }

  /** What those wait for who wait for {@link #take}; called by any thread, without the lock. */
  Awaited awaitedItem();

  /** Those who wait for {@link #take}; served, or sent away when it is over. */
  Line<E> takers();

  /** True when nothing will ever come out again; then nobody joins the takers. */
  boolean isOver();

  /** Whether there is a reason to complain of that it is over. */
  boolean hasFailed();

  /** What to throw at a taker when it is over. */
  RuntimeException nothingLeft();
}
