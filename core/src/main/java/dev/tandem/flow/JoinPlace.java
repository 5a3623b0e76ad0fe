package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import org.jspecify.annotations.Nullable;

/** Where a task stands that waits until all is dealt with. */
final class JoinPlace<E> extends Place<E> {

  private final Exchange<E> exchange;

  JoinPlace(@Nullable Context context, Exchange<E> exchange) {
    super(context, null);
    this.exchange = exchange;
  }

  @Override
  WakingLock mutex() {
    return exchange;
  }

  @Override
  Line<E> line() {
    return exchange.joiners();
  }

  @Override
  protected Awaited awaited() {
    return exchange.awaitedEnd();
  }

  /** Joins those who wait; false when all is dealt with. */
  boolean join() {
    exchange.lock();
    try {
      if (exchange.isFinished()) {
        return false;
      }
      exchange.joiners().join(this);
      return true;
    } finally {
      exchange.unlock();
    }
  }
}
