package dev.tandem;

/**
 * The body of a group that returns nothing.
 *
 * @param <X> what it throws, besides being interrupted
 */
@FunctionalInterface
public interface GroupAction<X extends Exception> {
  void run(TaskGroup group) throws X, InterruptedException;
}
