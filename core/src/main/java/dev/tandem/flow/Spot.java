package dev.tandem.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where the first who waits at a rendezvous stands, and is met without a lock. A second one who
 * wants the same needs the lines, and those the lock.
 */
final class Spot<E> extends PairPatience {

  /*
   * It is free while nobody waits, taken while one waits and no other does, or guarded: then there
   * are lines, and all is done under the lock. Whoever takes the lock guards the spot first, and
   * moves the one who stands there to the head of a line; so who holds the lock finds everybody in
   * the lines. Whoever takes a place off the spot, by one compare-and-set, is the only one who
   * knows of it, and goes on to claim it, unless it is its own: a select leaves the spots where it
   * was not served, and may stand there for a moment after it was.
   *
   * Who calls another off the spot counts an item before it is handed over, for whoever gets it
   * may report it at once. So it is marked first, for a few instructions, and is free after that:
   * an atomic addition would take a fifth of the time that two need to meet.
   */

  private static final VarHandle HOLDER;
  private static final Object COUNTING = new Object();
  private static final Object GUARD = new Object();

  static {
    try {
      HOLDER = MethodHandles.lookup().findVarHandle(Spot.class, "holder", Object.class);
      // Linked here, for linking may have to wait, and nobody may wait who has put the mark.
      HOLDER.setRelease(new Spot<>(), null);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // Volatile: null, the place that stands here, the mark of one who counts, or the guard. Whoever
  // put the mark or the guard there takes it away, nobody else.
  private volatile @Nullable Object holder;

  // Guarded by the mark, and by the lock. Beside the holder, which the same thread just changed.
  private long unfinished;

  /** How many items were handed over and not reported since. Called with the lock held. */
  long unfinished() {
    return unfinished;
  }

  /** Called with the lock held. */
  void count(int change) {
    unfinished += change;
  }

  /** True when nobody waits, here or in a line, and nothing is in store or shut down. */
  boolean isFree() {
    return holder == null;
  }

  /** Stands here until called; false when it is not free. */
  boolean occupy(Place<E> place) {
    return holder == null && HOLDER.compareAndSet(this, null, place);
  }

  /** Stands here no more; false when it was called, or is in a line by now. */
  boolean leave(Place<E> place) {
    return holder == place && takeOff(place);
  }

  /** Takes one who waits to take off the spot, and counts an item; null when there is none. */
  @Nullable Place<E> callTaker() {
    Place<E> place = standing();
    return place != null && place.item == null && call(place) ? place : null;
  }

  /** Takes one who waits to put off the spot, and counts an item; null when there is none. */
  @Nullable Place<E> callPutter() {
    Place<E> place = standing();
    return place != null && place.item != null && call(place) ? place : null;
  }

  private boolean call(Place<E> place) {
    if (!HOLDER.compareAndSet(this, place, COUNTING)) {
      return false;
    }
    unfinished++;
    try {
      HOLDER.setRelease(this, null);
    } catch (Throwable stackEnded) {
      // As it was before, without a call.
      unfinished--;
      holder = place;
      throw stackEnded;
    }
    return true;
  }

  /** The lock has been taken; returns who stood here and is to stand in a line now. */
  @Nullable Place<E> guard() {
    while (holder != GUARD) {
      Place<E> place = standing();
      if (HOLDER.compareAndSet(this, place, GUARD)) {
        return place;
      }
      Thread.onSpinWait();
    }
    return null;
  }

  /** Called with the lock held, when nobody waits in a line. */
  void unguard() {
    try {
      HOLDER.setRelease(this, null);
    } catch (Throwable stackEnded) {
      // A fence more, but no call; the lock is still to be let go of.
      holder = null;
    }
  }

  @SuppressWarnings("unchecked") // what is neither the mark nor the guard is a place
  private @Nullable Place<E> standing() {
    Object found = holder;
    return found == GUARD || found == COUNTING ? null : (Place<E>) found;
  }

  private boolean takeOff(Place<E> place) {
    return HOLDER.compareAndSet(this, place, null);
  }
}
