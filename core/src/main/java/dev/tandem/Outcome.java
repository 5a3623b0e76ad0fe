package dev.tandem;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
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

  /** The result, or an exception for whatever happened instead. */
  default R orElseThrow() {
    return switch (this) {
      case Success<I, R>(var _, var value) -> value;
      case Failure<I, R>(var item, var error) ->
          throw new TaskFailedException(String.valueOf(item), error);
      case Cancelled<I, R>(var item, var why) ->
          throw new TaskCancelledException(String.valueOf(item), why);
    };
  }

  /** The result, or {@code other} when there is none. */
  default R orElse(R other) {
    return this instanceof Success<I, R>(var _, var value) ? value : other;
  }

  /** The outcome with its result changed; what is no success stays as it is. */
  default <S extends @Nullable Object> Outcome<I, S> map(Function<? super R, ? extends S> change) {
    requireNonNull(change, "change");
    return switch (this) {
      case Success<I, R>(var item, var value) -> new Success<>(item, change.apply(value));
      case Failure<I, R>(var item, var error) -> new Failure<>(item, error);
      case Cancelled<I, R>(var item, var why) -> new Cancelled<>(item, why);
    };
  }

  /** The outcome with a failure turned into a result; what is no failure stays as it is. */
  default Outcome<I, R> recover(Function<? super Throwable, ? extends R> remedy) {
    requireNonNull(remedy, "remedy");
    return this instanceof Failure<I, R>(var item, var error)
        ? new Success<>(item, remedy.apply(error))
        : this;
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
