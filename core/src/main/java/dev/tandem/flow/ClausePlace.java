package dev.tandem.flow;

import dev.tandem.internal.Context;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** One of the places of a select, which has one wait for all of them. */
final class ClausePlace<E> extends Place<E> {

  private final Waiter waiter;

  /**
   * A place of a wait that has others.
   *
   * @param item what is to be put; null for a place of somebody who takes
   */
  ClausePlace(Waiter waiter, @Nullable E item) {
    super((Context) null, item);
    this.waiter = waiter;
  }

  @Override
  Waiter waiter() {
    return waiter;
  }
}
