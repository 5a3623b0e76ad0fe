package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** Where items come out. All but {@link #lock} is called under the lock. */
interface Outlet<E> {

  WakingLock lock();

  /** Takes what comes next; null when there is nothing. */
  @Nullable E take();

  /** Looks whether there will be something, before lining up; called without the lock. */
  default void lookForItems(Waiter waiter) {}

  /** Looks whether the wait ends, before parking; called without the lock. */
  default void look(Waiter waiter) {}

  /** What those wait for who wait for {@link #take}; called by any thread, without the lock. */
  Awaited awaitedItem();

  /** Those who wait for {@link #take}; served, or sent away when it is over. */
  Line<E> takers();

  /** True when nothing will ever come out again; then nobody joins the takers. */
  boolean isOver();

  /** Whether there is a reason to complain of that it is over. */
  boolean hasFailed();

  /** What to throw at a taker when it is over. */
  RuntimeException nothingLeft();
}
