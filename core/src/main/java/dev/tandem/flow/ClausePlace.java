package dev.tandem.flow;

import dev.tandem.Work;
import dev.tandem.internal.Context;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * One clause in one turn of a select: the place at its queue, which has its wait in common with the
 * places of the other clauses; and what remains to be done, without the lock, where it was served.
 */
abstract class ClausePlace<E, R, X extends Exception> extends Place<E> implements Work<R, X> {

  private final Waiter choice;
  private final int number;

  // Only the thread of the select reads and writes this one.
  private boolean taken;

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

  /** Where to stand without the lock. */
  abstract @Nullable Spot<E> spot();

  /** With the lock held, does it if that needs no waiting. */
  abstract boolean now();

  /** With the lock held: true when it can never be done. */
  abstract boolean isOver();

  @Override
  final Waiter waiter() {
    return choice;
  }

  @Override
  final boolean claimHere() {
    return choice.claim(number);
  }

  /** Whether the select has gone to this place, and has not left it. */
  final boolean isTaken() {
    return taken;
  }

  /** With the lock held: whether somebody has called who stood here, to claim it or in vain. */
  final boolean isCalled() {
    return taken && !stands;
  }

  /** Stands at the spot; false when it is not free. */
  final boolean stand() {
    Spot<E> spot = spot();
    taken = spot != null && spot.occupy(this);
    return taken;
  }

  /** With the lock held, joins the line if it is in none and this can be done some time. */
  final void join() {
    if (!taken && !isOver()) {
      taken = true;
      line().join(this);
    }
  }

  /** Looks whether the wait ends, before it parks. */
  final void look() {
    Spot<E> spot = spot();
    if (spot != null) {
      spot.look(choice, spot.looks());
    }
  }

  /** Leaves the spot, if it is still there and not called. */
  final void leaveSpot() {
    Spot<E> spot = spot();
    if (taken && spot != null) {
      taken = !spot.leave(this);
    }
  }

  /** With the lock held, leaves the line. */
  final void leaveLine() {
    line().leave(this);
    taken = false;
  }

  /** Leaves the spot or the line, wherever it stands. */
  final void leave() {
    leaveSpot();
    if (taken) {
      giveUp();
      taken = false;
    }
  }
}
