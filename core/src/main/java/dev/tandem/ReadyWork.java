package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * Work that serves others once it is ready; the body of {@link TaskGroup#startUntilReady}.
 *
 * @param <V> what others need to know, such as a port
 * @param <X> what it throws, besides being interrupted
 */
@FunctionalInterface
public interface ReadyWork<V extends @Nullable Object, X extends Exception> {
  void run(Ready<V> ready) throws X, InterruptedException;
}
