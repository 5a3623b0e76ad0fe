package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * Code that returns a value, may block and may throw: what asyncio calls a coroutine.
 *
 * @param <T> what it returns
 * @param <X> what it throws, besides being interrupted; callers rethrow it as itself
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object, X extends Exception> {
  T run() throws X, InterruptedException;
}
