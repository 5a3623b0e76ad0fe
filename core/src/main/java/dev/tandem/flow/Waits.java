package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How a task puts, takes and joins, and waits in line for that. */
final class Waits {

  private Waits() {}

  /** The moment {@code atMost} from now. */
  static long deadline(Duration atMost) {
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    return Durations.after(Context.currentRuntime().now(), nanos);
  }

  /**
   * Puts an item in.
   *
   * @return false when the deadline passed first; then the item is not in
   * @throws QueueShutDownException when nothing goes in any more
   */
  static <E> boolean put(Inlet<E> inlet, E item, long deadline) throws InterruptedException {
    inlet.check(item);
    Context context = Parking.enter();
    return putNow(inlet, item) || waitForRoom(inlet, item, context, deadline);
  }

  /** Waits until the item is in; false when the deadline passed first. */
  private static <E> boolean waitForRoom(
      Inlet<E> inlet, E item, @Nullable Context context, long deadline)
      throws InterruptedException {
    while (true) {
      Place<E> place = new Put<>(context, inlet, item);
      Spot<E> spot = inlet.spot();
      int looks = Spot.looks(spot);
      if ((spot == null || !spot.occupy(place))
          // Whoever came to the spot meanwhile may be met there.
          && (inlet.putAtSpot(item) || lineUp(inlet, item, place))) {
        return true;
      }
      Spot.look(spot, place, looks);
      if (!await(inlet.mutex(), inlet.putters(), place, deadline)) {
        return false;
      }
      if (place.item == null) {
        return true;
      }
      // Sent away, for the end has come: the next round says so.
    }
  }

  /** Joins those who wait to put something in; true when the item went in at once. */
  private static <E> boolean lineUp(Inlet<E> inlet, E item, Place<E> place) {
    inlet.lookForRoom(place);
    inlet.mutex().lock();
    try {
      if (inlet.put(item)) {
        return true;
      }
      inlet.putters().join(place);
      return false;
    } finally {
      inlet.mutex().unlock();
    }
  }

  /** Puts an item in if that needs no waiting. */
  static <E> boolean putNow(Inlet<E> inlet, E item) {
    Spot<E> spot = inlet.spot();
    if (spot != null) {
      if (inlet.putAtSpot(item)) {
        return true;
      }
      if (spot.isFree()) {
        return false;
      }
    }
    WakingLock lock = inlet.mutex();
    lock.lock();
    try {
      return inlet.put(item);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next item, however long that takes; throws when nothing comes out any more. */
  static <E> E take(Outlet<E> outlet) throws InterruptedException {
    E item = take(outlet, TaskRuntime.NEVER, false);
    if (item == null) {
      throw new AssertionError("never came");
    }
    return item;
  }

  /**
   * Takes the next item; throws when nothing comes out any more.
   *
   * @return null when the deadline passed first
   */
  static <E> @Nullable E take(Outlet<E> outlet, long deadline) throws InterruptedException {
    return take(outlet, deadline, false);
  }

  /** Takes the next item; null when nothing comes out any more, unless that is a failure. */
  static <E> @Nullable E next(Outlet<E> outlet) throws InterruptedException {
    return take(outlet, TaskRuntime.NEVER, true);
  }

  private static <E> @Nullable E take(Outlet<E> outlet, long deadline, boolean endsQuietly)
      throws InterruptedException {
    Context context = Parking.enter();
    E item = drainNow(outlet);
    return item != null ? item : waitForItem(outlet, context, deadline, endsQuietly);
  }

  /** Waits for the next item; null when the deadline passed first, or as {@link #next} says. */
  private static <E> @Nullable E waitForItem(
      Outlet<E> outlet, @Nullable Context context, long deadline, boolean endsQuietly)
      throws InterruptedException {
    while (true) {
      Place<E> place = new Take<>(context, outlet);
      Spot<E> spot = outlet.spot();
      int looks = Spot.looks(spot);
      if (spot == null || !spot.occupy(place)) {
        // Whoever came to the spot meanwhile may be met there.
        E item = outlet.takeAtSpot();
        if (item != null) {
          return item;
        }
        outlet.lookForItems(place);
        outlet.mutex().lock();
        try {
          item = outlet.take();
          if (item != null) {
            return item;
          }
          if (outlet.isOver()) {
            if (endsQuietly && !outlet.hasFailed()) {
              return null;
            }
            throw outlet.nothingLeft();
          }
          outlet.takers().join(place);
        } finally {
          outlet.mutex().unlock();
        }
      }
      Spot.look(spot, place, looks);
      if (!await(outlet.mutex(), outlet.takers(), place, deadline)) {
        return null;
      }
      if (place.item != null) {
        return place.item;
      }
      // Sent away, for the end has come; what is left is found in the next round, or nothing is.
    }
  }

  /** Takes the next item if that needs no waiting; throws when nothing comes out any more. */
  static <E> @Nullable E takeNow(Outlet<E> outlet) {
    WakingLock lock = outlet.mutex();
    lock.lock();
    try {
      E item = outlet.take();
      if (item == null && outlet.isOver()) {
        throw outlet.nothingLeft();
      }
      return item;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next item if there is one, whether the end has come or not. */
  static <E> @Nullable E drainNow(Outlet<E> outlet) {
    Spot<E> spot = outlet.spot();
    if (spot != null) {
      E item = outlet.takeAtSpot();
      if (item != null || spot.isFree()) {
        return item;
      }
    }
    WakingLock lock = outlet.mutex();
    lock.lock();
    try {
      return outlet.take();
    } finally {
      lock.unlock();
    }
  }

  /** Moves what is there, at most so much; what the target refuses stays. */
  static <E> int drain(Exchange<E> exchange, Collection<? super E> target, int max) {
    int count = 0;
    while (count < max) {
      E item = drainNow(exchange);
      if (item == null) {
        break;
      }
      try {
        // Without the lock: the target is foreign code.
        target.add(item);
      } catch (Throwable refused) {
        exchange.putBack(item);
        throw refused;
      }
      count++;
    }
    return count;
  }

  /** Waits until all is dealt with; false when the deadline passed first. */
  static <E> boolean join(Exchange<E> exchange, long deadline) throws InterruptedException {
    Context context = Parking.enter();
    WakingLock lock = exchange.mutex();
    Place<E> place;
    lock.lock();
    try {
      if (exchange.isFinished()) {
        return true;
      }
      place = new Join<>(context, exchange);
      exchange.joiners().join(place);
    } finally {
      lock.unlock();
    }
    return await(lock, exchange.joiners(), place, deadline);
  }

  /**
   * Waits until somebody claims the place; one that gives up leaves the line.
   *
   * @return false when the deadline passed first
   */
  private static <E> boolean await(WakingLock lock, Line<E> line, Place<E> place, long deadline)
      throws InterruptedException {
    boolean claimed = false;
    try {
      claimed = Parking.await(place, deadline);
      return claimed;
    } finally {
      if (!claimed) {
        lock.lock();
        try {
          line.leave(place);
        } finally {
          lock.unlock();
        }
      }
    }
  }

  /** A wait for room. */
  private static final class Put<E> extends Place<E> {
    private final Inlet<E> inlet;

    Put(@Nullable Context context, Inlet<E> inlet, E item) {
      super(context, item);
      this.inlet = inlet;
    }

    @Override
    protected Awaited awaited() {
      return inlet.awaitedRoom();
    }
  }

  /** A wait for an item. */
  private static final class Take<E> extends Place<E> {
    private final Outlet<E> outlet;

    Take(@Nullable Context context, Outlet<E> outlet) {
      super(context, null);
      this.outlet = outlet;
    }

    @Override
    protected Awaited awaited() {
      return outlet.awaitedItem();
    }
  }

  /** A wait until all is dealt with. */
  private static final class Join<E> extends Place<E> {
    private final Exchange<E> exchange;

    Join(@Nullable Context context, Exchange<E> exchange) {
      super(context, null);
      this.exchange = exchange;
    }

    @Override
    protected Awaited awaited() {
      return exchange.awaitedEnd();
    }
  }
}
