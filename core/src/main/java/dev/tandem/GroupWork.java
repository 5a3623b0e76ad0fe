package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * The body of a group that returns a value.
 *
 * @param <T> what it returns
 * @param <X> what it throws, besides being interrupted
 */
@FunctionalInterface
public interface GroupWork<T extends @Nullable Object, X extends Exception> {
  T run(TaskGroup group) throws X, InterruptedException;
}
