package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verbs. They read best imported statically:
 *
 * <pre>{@code
 * List<NodeStatus> all = gather(hosts, this::check);
 * String banner = timeout(ofSeconds(2), () -> connection.readLine());
 * }</pre>
 *
 * <p>Everything that waits throws {@link CancelledException} when a scope around it is cancelled,
 * and a plain {@link InterruptedException} when the thread is interrupted from outside.
 */
public final class Tandem {

  private Tandem() {}

  /**
   * Runs a program: like {@link TaskGroup#run(GroupWork)}, and Ctrl+C or a termination request
   * cancels it, lets it clean up, and only then lets the process end.
   *
   * @return what the body returned
   */
  public static <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    return Program.run(body);
  }

  /** Like {@link #run(GroupWork)}, for a body that returns nothing. */
  public static <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    requireNonNull(body, "body");
    Program.<@Nullable Void, X>run(
        group -> {
          body.run(group);
          return null;
        });
  }

  /**
   * Waits for a time.
   *
   * @throws IllegalArgumentException when {@code time} is negative
   */
  public static void sleep(Duration time) throws InterruptedException {
    Parking.sleep(Durations.notNegative(time, "time"));
  }

  /** Throws if the current scope is cancelled or the thread is interrupted; for long computations. */
  public static void checkpoint() throws InterruptedException {
    Parking.checkpoint();
  }

  /** The path of the task or item that the current thread is working on; empty outside of all. */
  public static String currentPath() {
    Context context = Context.current();
    Scope innermost = context == null ? null : context.scope();
    return innermost == null ? "" : innermost.path();
  }

  /**
   * Runs {@code body} under a deadline that counts from now. When it passes, the body and all tasks
   * started in it are cancelled. If the body returns nevertheless, its value counts.
   *
   * @return what the body returned
   * @throws DeadlineExceededException when the deadline cut the body short; what the body threw is
   *     the cause
   * @throws IllegalArgumentException when {@code after} is not longer than zero
   */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration after, Work<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(body, "body");
    return limit(null, after, deadline -> body.run());
  }

  /** Like {@link #timeout(Duration, Work)}, for a body that returns nothing. */
  public static <X extends Exception> void timeout(Duration after, Action<X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(body, "body");
    Tandem.<@Nullable Void, X>limit(
        null,
        after,
        deadline -> {
          body.run();
          return null;
        });
  }

  /** Like {@link #timeout(Duration, Work)}; the name is how messages call the deadline. */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      String name, Duration after, Work<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(name, "name");
    requireNonNull(body, "body");
    return limit(name, after, deadline -> body.run());
  }

  /** Like {@link #timeout(Duration, Work)}, for a body that reads or moves its deadline. */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration after, DeadlineWork<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(body, "body");
    return limit(null, after, body);
  }

  /**
   * Like {@link #timeout(Duration, Work)}, but a body that was cut short gives an empty result
   * instead of an exception.
   */
  public static <T, X extends Exception> Optional<T> moveOnAfter(Duration after, Work<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    long nanos = Durations.positive(after, "after");
    try {
      return Context.call(context -> new DeadlineScope(null, context, nanos).callOrMoveOn(body));
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  /**
   * Works on all items at once. The first failure cancels the rest and is thrown as itself.
   *
   * @return the results, in the order of the items
   * @see Gather for limits, timeouts and outcomes
   */
  public static <I extends @Nullable Object, R extends @Nullable Object, X extends Exception>
      List<R> gather(Iterable<? extends I> items, ItemWork<? super I, ? extends R, X> work)
          throws X, InterruptedException {
    return Gather.<I>over(items).run(work);
  }

  /** Does several things at once, like {@link #gather(Iterable, ItemWork)}. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  public static <R extends @Nullable Object, X extends Exception> List<R> gather(
      Work<? extends R, ? extends X>... works) throws X, InterruptedException {
    return Gather.<Work<? extends R, ? extends X>>over(List.of(works)).<R, X>run(Work::run);
  }

  /**
   * Works on all items at once and keeps every failure beside its item; asyncio's {@code
   * return_exceptions=True}.
   *
   * @return the outcomes, in the order of the items
   */
  public static <I extends @Nullable Object, R extends @Nullable Object>
      List<Outcome<I, R>> gatherOutcomes(
          Iterable<? extends I> items, ItemWork<? super I, ? extends R, ? extends Exception> work)
          throws InterruptedException {
    return Gather.<I>over(items).outcomes(work);
  }

  private static <T extends @Nullable Object, X extends Exception> T limit(
      @Nullable String name, Duration after, DeadlineWork<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    long nanos = Durations.positive(after, "after");
    try {
      return Context.call(context -> new DeadlineScope(name, context, nanos).call(body));
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }
}
