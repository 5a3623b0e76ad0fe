package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * A body that returns a value and may read and move the deadline it runs under.
 *
 * @param <T> what it returns
 * @param <X> what it throws, besides being interrupted
 */
@FunctionalInterface
public interface DeadlineWork<T extends @Nullable Object, X extends Exception> {
  T run(Deadline deadline) throws X, InterruptedException;
}
