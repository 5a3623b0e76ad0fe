package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * Code that turns one item into a result, may block and may throw.
 *
 * @param <I> the item
 * @param <R> the result
 * @param <X> what it throws, besides being interrupted; callers rethrow it as itself
 */
@FunctionalInterface
public interface ItemWork<
    I extends @Nullable Object, R extends @Nullable Object, X extends Exception> {
  R run(I item) throws X, InterruptedException;
}
