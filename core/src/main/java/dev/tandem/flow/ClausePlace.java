package dev.tandem.flow;

import dev.tandem.Work;
import dev.tandem.internal.Context;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * One clause in one turn of a select: the place at its queue, which has its wait in common with the
 * places of the other clauses. What is not said to need no lock is called with that of the queue
 * held.
 */
abstract class ClausePlace<E, R, X extends Exception> extends Place<E> {

  private final Waiter choice;
  private final int number;

  /**
   * A place of a wait that has others.
   *
   * @param number tells it from the others
   * @param item what is to be put; null for a place of somebody who takes
   */
  ClausePlace(Waiter choice, int number, @Nullable E item) {
    super((Context) null, item);
    this.choice = choice;
    this.number = number;
  }

  /** The lock of the queue; needs no lock. */
  abstract WakingLock lock();

  /** Where to stand without the lock; needs no lock. */
  abstract @Nullable Spot<E> spot();

  /** Where to stand with the lock; needs no lock. */
  abstract Line<E> line();

  /** Does it if that needs no waiting. */
  abstract boolean now();

  /** True when it can never be done. */
  abstract boolean isOver();

  /** What remains to be done without the lock, after {@link #now} or after this was served. */
  abstract Work<R, X> rest();

  @Override
  final Waiter waiter() {
    return choice;
  }

  @Override
  final boolean claimHere() {
    return choice.claim(number);
  }

  /** Stands at the spot; false when it is not free. Needs no lock. */
  final boolean stand() {
    Spot<E> spot = spot();
    return spot != null && spot.occupy(this);
  }

  final void join() {
    line().join(this);
  }

  /** Looks whether the wait ends, before it parks. Needs no lock. */
  final void look() {
    Spot<E> spot = spot();
    Spot.look(spot, choice, Spot.looks(spot));
  }

  /**
   * Leaves the spot or the line. Needs no lock.
   *
   * @return false when it stands in neither: whoever called it has served it, or will, or found
   *     that it could not
   */
  final boolean leave() {
    Spot<E> spot = spot();
    if (spot != null && spot.leave(this)) {
      return true;
    }
    lock().lock();
    try {
      return line().leave(this);
    } finally {
      lock().unlock();
    }
  }
}
