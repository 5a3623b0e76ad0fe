package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/**
 * The mechanism of a queue without room. Two who come alone meet at its spot, without the lock; as
 * soon as a third comes, all is done under the lock, as in any queue.
 */
final class Rendezvous<E> extends Exchange<E> {

  private final Spot<E> spot = new Spot<>();

  Rendezvous() {
    // An item that a drain could not deliver is put back, and so is in store for once.
    super(0, new Ring<>(0));
  }

  @Override
  public Spot<E> spot() {
    return spot;
  }

  @Override
  public boolean putAtSpot(E item) {
    for (Place<E> taker = spot.callTaker(); taker != null; taker = spot.callTaker()) {
      if (taker.hand(item)) {
        taker.waiter().wake();
        return true;
      }
      nothingCame();
    }
    return false;
  }

  @Override
  public @Nullable E takeAtSpot() {
    for (Place<E> putter = spot.callPutter(); putter != null; putter = spot.callPutter()) {
      E item = putter.collect();
      if (item != null) {
        putter.waiter().wake();
        return item;
      }
      nothingCame();
    }
    return null;
  }

  /** Whoever stood at the spot had given up. */
  private void nothingCame() {
    lock();
    try {
      finished(1);
    } finally {
      unlock();
    }
  }

  @Override
  void taken() {
    Place<E> place = spot.guard();
    if (place != null) {
      (place.item == null ? takers() : putters()).join(place);
    }
  }

  @Override
  void leaving() {
    if (putters().length() == 0 && takers().length() == 0 && isEmptyAndOpen()) {
      spot.unguard();
    }
  }

  @Override
  public boolean putNow(E item) {
    return putAtSpot(item) || (!spot.isFree() && super.putNow(item));
  }

  @Override
  public @Nullable E takeNow() {
    E item = takeAtSpot();
    return item != null || spot.isFree() ? item : super.takeNow();
  }

  @Override
  public boolean lineUp(PutPlace<E> place) {
    int looks = spot.looks();
    // Whoever came to the spot meanwhile may be met there.
    if (!spot.occupy(place) && (putAtSpot(place.item()) || !place.join())) {
      return false;
    }
    spot.look(place, looks);
    return true;
  }

  @Override
  public boolean lineUp(TakePlace<E> place) {
    int looks = spot.looks();
    if (!spot.occupy(place)) {
      // Whoever came to the spot meanwhile may be met there.
      place.item = takeAtSpot();
      if (place.item != null || !place.join()) {
        return false;
      }
    }
    spot.look(place, looks);
    return true;
  }

  @Override
  long unfinished() {
    return spot.unfinished();
  }

  @Override
  void count(int change) {
    spot.count(change);
  }
}
