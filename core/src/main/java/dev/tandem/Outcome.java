package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * How one piece of work ended. A value for pattern matching:
 *
 * <pre>{@code
 * switch (outcome) {
 *   case Success(var host, var status) -> println(host + ": " + status);
 *   case Failure(var host, var error) -> println(host + ": FAILED - " + error.getMessage());
 *   case Cancelled(var host, var why) -> println(host + ": not asked, " + why);
 * }
 * }</pre>
 *
 * <p>Lists of outcomes are in input order, so the position in the list is the item's index.
 *
 * @param <I> what the work was about: the item for a gather, the name for a task
 * @param <R> the result
 */
public sealed interface Outcome<I extends @Nullable Object, R extends @Nullable Object> {

  /** What the work was about: the item for a gather, the name for a task. */
  I item();

  /** True for a {@link Success}. */
  default boolean isSuccess() {
    return this instanceof Success;
  }

  /** It returned. */
  record Success<I extends @Nullable Object, R extends @Nullable Object>(I item, R value)
      implements Outcome<I, R> {}

  /** It threw. */
  record Failure<I extends @Nullable Object, R extends @Nullable Object>(I item, Throwable error)
      implements Outcome<I, R> {}

  /** It was cancelled, before it began or while it ran. */
  record Cancelled<I extends @Nullable Object, R extends @Nullable Object>(I item, Cancellation why)
      implements Outcome<I, R> {}
}
