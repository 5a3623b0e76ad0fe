package dev.tandem.flow;

import dev.tandem.Work;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that a {@link Select} may do: to take an item from a queue or to put one in.
 * Made by {@link AsyncQueue#taking()} and {@link AsyncQueue#putting}; can be used again and again.
 *
 * @param <R> what comes of it
 * @param <X> what the code that makes the result throws
 */
public abstract sealed class Clause<R, X extends Exception> permits TakeClause, PutClause {

  Clause() {}

  /** The lock of the queue it is about. */
  abstract WakingLock mutex();

  /** Where two may meet without the lock; null where nobody does. */
  abstract @Nullable Spot<?> spot();

  /**
   * Does it with one who stands at the spot, without the lock.
   *
   * @return what remains to be done; null when nobody stands there
   */
  abstract @Nullable Work<? extends R, ? extends X> meet();

  /** The place of this clause in one turn of a select. */
  abstract ClausePlace<?, R, X> place(Waiter choice, int number);

  /**
   * Does it, where there is no other to choose from.
   *
   * @return what remains to be done; null when the deadline passed first
   */
  abstract @Nullable Work<? extends R, ? extends X> await(long deadline)
      throws InterruptedException;
}
