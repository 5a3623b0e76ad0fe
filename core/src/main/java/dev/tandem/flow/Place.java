package dev.tandem.flow;

import dev.tandem.internal.Context;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands in a line. Plain puts and takes stand in one line, and the place is the wait
 * itself; a select stands in several, with one wait for all of its places.
 */
class Place<E> extends Waiter {

  final Waiter waiter;

  // Guarded by the lock of the line, until the waiter has been claimed for this place.
  @Nullable E item;
  boolean served;

  // Guarded by the lock of the line.
  boolean stands;
  @Nullable Place<E> previous;
  @Nullable Place<E> next;

  /** Whom to wake next, once the lock is free. */
  @Nullable Place<?> nextToWake;

  /**
   * A place that is a wait of the current thread.
   *
   * @param context that of the current thread; null when it has none
   * @param item what is to be put; null for a place of somebody who takes
   */
  @SuppressWarnings("this-escape") // to itself
  Place(@Nullable Context context, @Nullable E item) {
    super(context);
    this.waiter = this;
    this.item = item;
  }

  /**
   * A place of a wait that has others.
   *
   * @param item what is to be put; null for a place of somebody who takes
   */
  Place(Waiter waiter, @Nullable E item) {
    super((Context) null);
    this.waiter = waiter;
    this.item = item;
  }

  /** Gives {@code given} to whoever stands here; false when that one has gone. */
  boolean hand(E given) {
    // Before the claim: from then on the waiter may read it at any moment.
    item = given;
    if (release()) {
      return true;
    }
    item = null;
    return false;
  }

  /** Lets whoever stands here go on, with what was waited for; false when that one has gone. */
  boolean release() {
    served = true;
    if (waiter.claim()) {
      return true;
    }
    served = false;
    return false;
  }
}
