package dev.tandem.flow;

import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** How a task puts, takes and joins, and waits in line for that. */
final class Waits {

  private Waits() {}

  /**
   * Puts an item in.
   *
   * @return false when the deadline passed first; then the item is not in
   * @throws QueueShutDownException when nothing goes in any more
   */
  static <E> boolean put(Exchange<E> exchange, E item, long deadline) throws InterruptedException {
    exchange.check(item);
    Parking.checkpoint();
    while (true) {
      Place<E> place;
      exchange.lock();
      try {
        if (exchange.put(item)) {
          return true;
        }
        place = new Place<>(new Waiter(), item);
        exchange.putters.join(place);
      } finally {
        exchange.unlock();
      }
      if (!await(exchange, exchange.putters, place, deadline)) {
        return false;
      }
      if (place.served) {
        return true;
      }
    }
  }

  /**
   * Takes the next item.
   *
   * @return null when the deadline passed first
   * @throws QueueShutDownException when nothing comes out any more
   */
  static <E> @Nullable E takeOrThrow(Exchange<E> exchange, long deadline)
      throws InterruptedException {
    Parking.checkpoint();
    while (true) {
      Place<E> place;
      exchange.lock();
      try {
        E item = exchange.take();
        if (item != null) {
          return item;
        }
        if (exchange.isOver()) {
          throw exchange.nothingLeft();
        }
        place = new Place<>(new Waiter(), null);
        exchange.takers.join(place);
      } finally {
        exchange.unlock();
      }
      if (!await(exchange, exchange.takers, place, deadline)) {
        return null;
      }
      if (place.served) {
        return place.item;
      }
    }
  }

  /** Takes the next item; null when nothing comes out any more, unless that has a cause. */
  static <E> @Nullable E next(Exchange<E> exchange) throws InterruptedException {
    try {
      return takeOrThrow(exchange, TaskRuntime.NEVER);
    } catch (QueueShutDownException over) {
      if (over.getCause() != null) {
        throw over;
      }
      return null;
    }
  }

  /** Waits until all is dealt with; false when the deadline passed first. */
  static <E> boolean join(Exchange<E> exchange, long deadline) throws InterruptedException {
    Parking.checkpoint();
    Place<E> place;
    exchange.lock();
    try {
      if (exchange.isFinished()) {
        return true;
      }
      place = new Place<>(new Waiter(), null);
      exchange.joiners.join(place);
    } finally {
      exchange.unlock();
    }
    return await(exchange, exchange.joiners, place, deadline);
  }

  /**
   * Waits until somebody claims the place; one that gives up leaves the line.
   *
   * @return false when the deadline passed first
   */
  private static <E> boolean await(
      Exchange<E> exchange, Line<E> line, Place<E> place, long deadline)
      throws InterruptedException {
    boolean claimed = false;
    try {
      claimed = Parking.await(place.waiter, deadline);
      return claimed;
    } finally {
      if (!claimed) {
        exchange.lock();
        try {
          line.leave(place);
        } finally {
          exchange.unlock();
        }
      }
    }
  }
}
