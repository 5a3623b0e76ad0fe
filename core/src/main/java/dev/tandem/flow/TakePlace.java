package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import org.jspecify.annotations.Nullable;

/** Where a task stands that waits for an item. */
final class TakePlace<E> extends Place<E> {

  private final Outlet<E> outlet;
  private final boolean endsQuietly;

  /**
   * A place of the current thread.
   *
   * @param endsQuietly whether it is nothing to complain of when nothing is left
   */
  TakePlace(@Nullable Context context, Outlet<E> outlet, boolean endsQuietly) {
    super(context, null);
    this.outlet = outlet;
    this.endsQuietly = endsQuietly;
  }

  @Override
  WakingLock mutex() {
    return outlet.mutex();
  }

  @Override
  Line<E> line() {
    return outlet.takers();
  }

  @Override
  protected Awaited awaited() {
    return outlet.awaitedItem();
  }

  /** Joins those who wait for an item; false when the item is here by now, or nothing is left. */
  boolean join() {
    WakingLock lock = outlet.mutex();
    lock.lock();
    try {
      item = outlet.take();
      if (item != null) {
        return false;
      }
      if (!outlet.isOver()) {
        outlet.takers().join(this);
        return true;
      }
      if (endsQuietly && !outlet.hasFailed()) {
        return false;
      }
      throw outlet.nothingLeft();
    } finally {
      lock.unlock();
    }
  }

  /** Another for the same. */
  TakePlace<E> anew() {
    return new TakePlace<>(context(), outlet, endsQuietly);
  }
}
