package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

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
    return inlet.putNow(item) || waitForRoom(inlet, new PutPlace<>(context, inlet, item), deadline);
  }

  /** Waits until the item is in; false when the deadline passed first. */
  private static <E> boolean waitForRoom(Inlet<E> inlet, PutPlace<E> first, long deadline)
      throws InterruptedException {
    PutPlace<E> place = first;
    while (inlet.lineUp(place)) {
      if (!place.await(deadline)) {
        return false;
      }
      if (place.item == null) {
        return true;
      }
      // Sent away, for the end has come: the next round says so.
      place = place.anew();
    }
    return true;
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
    E item = outlet.takeNow();
    return item != null
        ? item
        : waitForItem(outlet, new TakePlace<>(context, outlet, endsQuietly), deadline);
  }

  /** Waits for the next item; null when the deadline passed first, or as {@link #next} says. */
  private static <E> @Nullable E waitForItem(Outlet<E> outlet, TakePlace<E> first, long deadline)
      throws InterruptedException {
    TakePlace<E> place = first;
    while (outlet.lineUp(place)) {
      if (!place.await(deadline)) {
        return null;
      }
      if (place.item != null) {
        break;
      }
      // Sent away, for the end has come; what is left is found in the next round, or nothing is.
      place = place.anew();
    }
    return place.item;
  }

  /** Takes the next item if that needs no waiting; throws when nothing comes out any more. */
  static <E> @Nullable E poll(Outlet<E> outlet) {
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

  /** Moves what is there, at most so much; what the target refuses stays. */
  static <E> int drain(Exchange<E> exchange, Collection<? super E> target, int max) {
    var now = exchange.statistics();
    // Whoever goes on putting is not drained for ever.
    long most = Math.min(max, (long) now.size() + now.waitingPutters());
    int count = 0;
    while (count < most) {
      E item = exchange.takeNow();
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
    JoinPlace<E> place = new JoinPlace<>(context, exchange);
    return !place.join() || place.await(deadline);
  }
}
