package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * Work on one item that may block, may throw, and returns nothing.
 *
 * @param <I> the item
 * @param <X> what it throws, besides being interrupted
 */
@FunctionalInterface
public interface ItemAction<I extends @Nullable Object, X extends Exception> {
  void run(I item) throws X, InterruptedException;
}
