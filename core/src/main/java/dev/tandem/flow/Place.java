package dev.tandem.flow;

import dev.tandem.internal.Context;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands in a line. Plain puts and takes stand in one line, and the place is the wait
 * itself; a select stands in several, with one wait for all of its places.
 */
abstract class Place<E> extends Waiter {

  /*
   * As small as can be: whoever meets the one who stands here reads it from another processor's
   * cache, line by line.
   */

  /**
   * Of one who puts, what is to be put, and null once it was taken. Of one who takes, null until it
   * is there. Its own thread's until it stands somewhere; then guarded by the lock of the line, or
   * it belongs to whoever took the place off its spot, until the waiter has been claimed for this
   * place.
   */
  @Nullable E item;

  // Guarded by the lock of the line.
  boolean stands;

  // Guarded by the lock: the one before, or, of the first, the last.
  @Nullable Place<E> previous;

  // Guarded by the lock: the next in the line or, for one who was called, whom to wake next.
  @Nullable Place<E> next;

  /**
   * A place that is a wait of the current thread.
   *
   * @param context that of the current thread; null when it has none
   * @param item what is to be put; null for a place of somebody who takes
   */
  Place(@Nullable Context context, @Nullable E item) {
    super(context);
    this.item = item;
  }

  /** What guards the line. */
  abstract WakingLock mutex();

  /** Where to stand. */
  abstract Line<E> line();

  /**
   * Waits until somebody claims this place; one that gives up leaves the line. Only for a place
   * that is the wait itself.
   *
   * @return false when the deadline passed first
   */
  final boolean await(long deadline) throws InterruptedException {
    boolean claimed = false;
    try {
      claimed = Parking.await(this, deadline);
      return claimed;
    } finally {
      if (!claimed) {
        giveUp();
      }
    }
  }

  /** Leaves the line, without the lock held. */
  final void giveUp() {
    WakingLock lock = mutex();
    lock.lock();
    try {
      line().leave(this);
    } finally {
      lock.unlock();
    }
  }

  /** The wait of whoever stands here. */
  Waiter waiter() {
    return this;
  }

  /** Claims that wait for what is done here. */
  boolean claimHere() {
    return claim();
  }

  /** Gives {@code given} to whoever stands here; false when that one has gone. */
  final boolean hand(E given) {
    // Before the claim: from then on the waiter may read it at any moment.
    item = given;
    if (claimHere()) {
      return true;
    }
    item = null;
    return false;
  }

  /** Takes the item of whoever stands here; null when that one has gone. */
  final @Nullable E collect() {
    E taken = item;
    item = null;
    if (claimHere()) {
      return taken;
    }
    item = taken;
    return null;
  }
}
