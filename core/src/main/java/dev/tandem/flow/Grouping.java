package dev.tandem.flow;

/**
 * What is done with the elements of one key.
 *
 * @param <K> the keys
 * @param <T> the elements
 * @param <R> the results
 * @param <X> what it throws, besides being interrupted; the loop throws it as itself
 */
@FunctionalInterface
public interface Grouping<K, T, R, X extends Exception> {
  Iterable<? extends R> run(K key, AsyncIterator<T> elements) throws X, InterruptedException;
}
