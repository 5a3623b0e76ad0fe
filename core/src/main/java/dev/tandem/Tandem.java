package dev.tandem;

import static dev.tandem.Adapters.at;
import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
   * cancels it, lets it clean up, and only then lets the process end. The call then throws {@link
   * CancelledException}, unless the body had returned.
   */
  public static <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    return Program.run(body, false);
  }

  /** Like {@link #run(GroupWork)}, without a result; cancelled by Ctrl+C it ends normally. */
  public static <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    Program.<@Nullable Void, X>run(Adapters.asWork(body), true);
  }

  /**
   * Waits for a time.
   *
   * @throws IllegalArgumentException when {@code time} is negative
   */
  public static void sleep(Duration time) throws InterruptedException {
    Parking.sleep(Durations.notNegative(time, "time"));
  }

  /** Throws if the current scope is cancelled or the thread interrupted; for long computations. */
  public static void checkpoint() throws InterruptedException {
    Parking.checkpoint();
  }

  /** The path of the task or item that the current thread is working on; empty outside of all. */
  public static String currentPath() {
    Scope innermost = Context.currentScope();
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
      Duration after, Work<T, X> body) throws X, InterruptedException, DeadlineExceededException {
    return DeadlineScope.run(null, Durations.positive(after, "after"), body);
  }

  /** Like {@link #timeout(Duration, Work)}, for a body that returns nothing. */
  public static <X extends Exception> void timeout(Duration after, Action<X> body)
      throws X, InterruptedException, DeadlineExceededException {
    Tandem.<@Nullable Void, X>timeout(after, Adapters.asWork(body, "body"));
  }

  /** Like {@link #timeout(Duration, Work)}; the name is how messages call the deadline. */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      String name, Duration after, Work<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    requireNonNull(name, "name");
    return DeadlineScope.run(name, Durations.positive(after, "after"), body);
  }

  /** Like {@link #timeout(String, Duration, Work)}, for a body that returns nothing. */
  public static <X extends Exception> void timeout(String name, Duration after, Action<X> body)
      throws X, InterruptedException, DeadlineExceededException {
    Tandem.<@Nullable Void, X>timeout(name, after, Adapters.asWork(body, "body"));
  }

  /** Like {@link #timeout(Duration, Work)}, for a body that reads or moves its deadline. */
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration after, DeadlineWork<T, X> body)
      throws X, InterruptedException, DeadlineExceededException {
    return DeadlineScope.run(null, Durations.positive(after, "after"), body);
  }

  /**
   * Like {@link #timeout(Duration, Work)}, but a body that was cut short gives an empty result
   * instead of an exception, and must not give null, which is refused as it would look the same.
   *
   * @throws TaskGroupException when tasks in the body failed while they were being cancelled
   */
  public static <T, X extends Exception> Optional<T> moveOnAfter(Duration after, Work<T, X> body)
      throws X, InterruptedException {
    return DeadlineScope.runOrMoveOn(Durations.positive(after, "after"), body);
  }

  /** Like {@link #moveOnAfter(Duration, Work)}, for a body that reads or moves its deadline. */
  public static <T, X extends Exception> Optional<T> moveOnAfter(
      Duration after, DeadlineWork<T, X> body) throws X, InterruptedException {
    return DeadlineScope.runOrMoveOn(Durations.positive(after, "after"), body);
  }

  /**
   * Like {@link #moveOnAfter(Duration, Work)}, for a body that returns nothing; true when it was
   * done in time.
   */
  public static <X extends Exception> boolean moveOnAfter(Duration after, Action<X> body)
      throws X, InterruptedException {
    return Tandem.<Boolean, X>moveOnAfter(after, Adapters.thenTrue(body)).orElse(false);
  }

  /**
   * Runs {@code body} until a date and time at the latest; asyncio's {@code timeout_at}, Trio's
   * {@code fail_at}. For several things that share one budget:
   *
   * <pre>{@code
   * Instant until = Tandem.now().plus(ofSeconds(5));
   * String banner = timeoutAt(until, () -> connection.readLine());
   * String answer = timeoutAt(until, () -> connection.ask("version"));
   * }</pre>
   *
   * <p>The time left is worked out at the entry: a clock that is set later does not move the
   * deadline. When the moment has passed already, the first wait of the body throws. For the rest
   * see {@link #timeout(Duration, Work)}.
   */
  public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
      Instant when, Work<T, X> body) throws X, InterruptedException, DeadlineExceededException {
    return DeadlineScope.run(null, DeadlineScope.left(when), body);
  }

  /** Like {@link #timeoutAt(Instant, Work)}, for a body that returns nothing. */
  public static <X extends Exception> void timeoutAt(Instant when, Action<X> body)
      throws X, InterruptedException, DeadlineExceededException {
    Tandem.<@Nullable Void, X>timeoutAt(when, Adapters.asWork(body, "body"));
  }

  /** Like {@link #moveOnAfter(Duration, Action)}, until a moment as in {@link #timeoutAt}. */
  public static <X extends Exception> boolean moveOnAt(Instant when, Action<X> body)
      throws X, InterruptedException {
    return Tandem.<Boolean, X>moveOnAt(when, Adapters.thenTrue(body)).orElse(false);
  }

  /** Like {@link #moveOnAfter(Duration, Work)}, until a moment as in {@link #timeoutAt}. */
  public static <T, X extends Exception> Optional<T> moveOnAt(Instant when, Work<T, X> body)
      throws X, InterruptedException {
    return DeadlineScope.runOrMoveOn(DeadlineScope.left(when), body);
  }

  /** The date and time; under virtual time, that of its clock. */
  public static Instant now() {
    return Context.currentRuntime().instant();
  }

  /**
   * Runs {@code body} where cancellation from around does not reach it, for {@code atMost} counted
   * from now; for what must be finished, such as a commit or a goodbye. After that time the
   * cancellation comes in. One that came before that, or stood already, is thrown when the body is
   * done, and then what the body returned is lost: let the body keep what others need. When the
   * body throws, the cancellation is thrown by the next wait.
   *
   * <p>A cancellation from inside, such as a timeout within the body, works as always.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   */
  public static <T extends @Nullable Object, X extends Exception> T shield(
      Duration atMost, Work<T, X> body) throws X, InterruptedException {
    return ShieldScope.run(Durations.positive(atMost, "atMost"), body);
  }

  /** Like {@link #shield(Duration, Work)}, for a body that returns nothing. */
  public static <X extends Exception> void shield(Duration atMost, Action<X> body)
      throws X, InterruptedException {
    Tandem.<@Nullable Void, X>shield(atMost, Adapters.asWork(body, "body"));
  }

  /** Like {@link #shield(Duration, Action)}, for at most 30 seconds. */
  public static <X extends Exception> void shield(Action<X> body) throws X, InterruptedException {
    shield(Defaults.SHIELD, body);
  }

  /**
   * Does several things at once and takes the first that succeeds; the others are cancelled. A
   * failure does not end the race while somebody still runs, but an {@link Error} does, with a
   * {@link TaskGroupException} around it. A further success that comes before its cancellation is
   * closed, if it is an {@link AutoCloseable}.
   *
   * @return what the winner returned
   * @throws X when all failed: the first failure, with the others suppressed
   * @throws IllegalArgumentException when there are no works
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  public static <T extends @Nullable Object, X extends Exception> T race(
      Work<? extends T, ? extends X>... works) throws X, InterruptedException {
    return new Race<T>(Adapters.of(works), Optional.empty()).<X>run();
  }

  /**
   * Like {@link #race}, but does one thing, and only if that takes longer than {@code delay}, or
   * fails, starts the next beside it. Against slow outliers; the works must bear being done more
   * than once.
   *
   * @throws IllegalArgumentException when there are no works, or {@code delay} is not above zero
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  public static <T extends @Nullable Object, X extends Exception> T hedge(
      Duration delay, Work<? extends T, ? extends X>... works) throws X, InterruptedException {
    return new Race<T>(Adapters.of(works), Optional.of(Durations.positive(delay, "delay")))
        .<X>run();
  }

  /**
   * Does two things at once and puts their results together.
   *
   * <pre>{@code
   * Dashboard dashboard = gather(ise::endpoints, ise::policies, Dashboard::new);
   * }</pre>
   */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          R extends @Nullable Object,
          X extends Exception>
      R gather(
          Work<A, ? extends X> first,
          Work<B, ? extends X> second,
          Combine.Two<? super A, ? super B, ? extends R> together)
          throws X, InterruptedException {
    List<Object> all = Adapters.<X>all(together, first, second);
    return together.apply(at(all, 0), at(all, 1));
  }

  /** Like {@link #gather(Work, Work, Combine.Two)}, with three. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object,
          X extends Exception>
      R gather(
          Work<A, ? extends X> first,
          Work<B, ? extends X> second,
          Work<C, ? extends X> third,
          Combine.Three<? super A, ? super B, ? super C, ? extends R> together)
          throws X, InterruptedException {
    List<Object> all = Adapters.<X>all(together, first, second, third);
    return together.apply(at(all, 0), at(all, 1), at(all, 2));
  }

  /** Like {@link #gather(Work, Work, Combine.Two)}, with four. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object,
          X extends Exception>
      R gather(
          Work<A, ? extends X> first,
          Work<B, ? extends X> second,
          Work<C, ? extends X> third,
          Work<D, ? extends X> fourth,
          Combine.Four<? super A, ? super B, ? super C, ? super D, ? extends R> together)
          throws X, InterruptedException {
    List<Object> all = Adapters.<X>all(together, first, second, third, fourth);
    return together.apply(at(all, 0), at(all, 1), at(all, 2), at(all, 3));
  }

  /** Like {@link #gather(Work, Work, Combine.Two)}, with five. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object,
          X extends Exception>
      R gather(
          Work<A, ? extends X> first,
          Work<B, ? extends X> second,
          Work<C, ? extends X> third,
          Work<D, ? extends X> fourth,
          Work<E, ? extends X> fifth,
          Combine.Five<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> together)
          throws X, InterruptedException {
    List<Object> all = Adapters.<X>all(together, first, second, third, fourth, fifth);
    return together.apply(at(all, 0), at(all, 1), at(all, 2), at(all, 3), at(all, 4));
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
    return Gather.<Work<? extends R, ? extends X>>over(Adapters.of(works)).<R, X>run(Work::run);
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

  /**
   * Works on all items at once and gives their outcomes as they come; leaving the loop cancels what
   * is not done. See {@link Gather#asCompleted}.
   */
  public static <I extends @Nullable Object, R extends @Nullable Object>
      Completions<I, R> asCompleted(
          Iterable<? extends I> items, ItemWork<? super I, ? extends R, ? extends Exception> work)
          throws InterruptedException {
    return Gather.<I>over(items).asCompleted(work);
  }

  /**
   * Gives tasks as they end. Leaving the loop leaves those that still run to their group. The loop
   * waits, and throws as {@link Completions} does.
   *
   * @throws StructureException when one of the tasks is the caller's own, or one around it
   */
  public static <K extends Task<?>> Iterable<K> asCompleted(Collection<? extends K> tasks)
      throws InterruptedException {
    Parking.checkpoint();
    return new TasksAsCompleted<K>(tasks);
  }

  /**
   * Waits until enough of {@code tasks} have ended; asyncio's {@code wait}. Their failures are not
   * thrown, and those that still run go on: they belong to their group.
   *
   * <pre>{@code
   * var first = waitFor(List.of(primary, replica), ReturnWhen.FIRST_COMPLETED);
   * first.pending().forEach(task -> task.cancel("the other answered"));
   * }</pre>
   *
   * @throws IllegalArgumentException when there are no tasks
   * @throws StructureException when one of the tasks is the caller's own, or one around it
   */
  public static <K extends Task<?>> Waited<K> waitFor(
      Collection<? extends K> tasks, ReturnWhen returnWhen) throws InterruptedException {
    requireNonNull(returnWhen, "returnWhen");
    return new TaskWait<K>(tasks, returnWhen).until(TaskRuntime.NEVER);
  }

  /**
   * Like {@link #waitFor(Collection, ReturnWhen)}, but not longer than {@code atMost}; then it
   * returns with what had ended by then.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   */
  public static <K extends Task<?>> Waited<K> waitFor(
      Collection<? extends K> tasks, ReturnWhen returnWhen, Duration atMost)
      throws InterruptedException {
    requireNonNull(returnWhen, "returnWhen");
    return new TaskWait<K>(tasks, returnWhen).during(Durations.positive(atMost, "atMost"));
  }
}
