package dev.tandem;

/**
 * Code that returns nothing, may block and may throw.
 *
 * @param <X> what it throws, besides being interrupted; callers rethrow it as itself
 */
@FunctionalInterface
public interface Action<X extends Exception> {
  void run() throws X, InterruptedException;
}
