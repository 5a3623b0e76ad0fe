package dev.tandem.flow;

/**
 * Adds an element to what those before it have come to; may block and may throw.
 *
 * @param <A> what they come to
 * @param <T> the elements
 * @param <X> what it throws, besides being interrupted; callers rethrow it as itself
 */
@FunctionalInterface
public interface Fold<A, T, X extends Exception> {
  A run(A before, T item) throws X, InterruptedException;
}
