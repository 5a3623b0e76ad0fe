package dev.tandem.flow;

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
  abstract WakingLock lock();

  /** One turn of this clause in one select. */
  abstract Attempt<R, X> attempt();

  /** Does it, where there is no other to choose from; null when the deadline passed first. */
  abstract @Nullable Attempt<R, X> await(long deadline) throws InterruptedException;

  /** What is not said to need no lock is called with that of the queue held. */
  interface Attempt<R, X extends Exception> {

    WakingLock lock();

    /** Does it if that needs no waiting. */
    boolean now();

    /** True when it can never be done. */
    boolean isOver();

    void join(Waiter waiter);

    /** Looks whether the wait ends, before it parks; called without the lock. */
    void look(Waiter waiter);

    /** Leaves the line; true when it was done meanwhile. */
    boolean leave();

    /** Makes the result, after it was done; called without the lock. */
    R finish() throws X, InterruptedException;
  }
}
