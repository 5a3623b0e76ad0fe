package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import org.jspecify.annotations.Nullable;

/** Where a task stands that waits for room. */
final class PutPlace<E> extends Place<E> {

  private final Inlet<E> inlet;

  PutPlace(@Nullable Context context, Inlet<E> inlet, E item) {
    super(context, item);
    this.inlet = inlet;
  }

  @Override
  WakingLock mutex() {
    return inlet.mutex();
  }

  @Override
  Line<E> line() {
    return inlet.putters();
  }

  @Override
  protected Awaited awaited() {
    return inlet.awaitedRoom();
  }

  /** Joins those who wait to put something in; false when the item went in at once. */
  boolean join() {
    WakingLock lock = inlet.mutex();
    lock.lock();
    try {
      if (inlet.put(item())) {
        return false;
      }
      inlet.putters().join(this);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What is to be put, before anybody has taken it. */
  E item() {
    return requireNonNull(item, "item");
  }

  /** Another for the same. */
  PutPlace<E> anew() {
    return new PutPlace<>(context(), inlet, item());
  }
}
