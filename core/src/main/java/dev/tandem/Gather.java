package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Durations;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Many items at once: how many, how long each, and what to do with failures.
 *
 * <pre>{@code
 * var outcomes = Gather.over(hosts).limit(10).timeout(ofSeconds(5)).outcomes(this::check);
 * }</pre>
 *
 * <p>Items are taken from their source only when there is room to work on them, so a source may be
 * long; beside the results themselves, memory goes with the limit. Several items may share a
 * thread, one after the other, so work that sets a {@link ThreadLocal} removes it, as in any pool.
 * A value of this type is immutable and may be used again.
 *
 * @param <I> the items
 */
public final class Gather<I extends @Nullable Object> {

  final Iterable<? extends I> items;
  final String name;
  final int limit;
  final @Nullable Consumer<? super Progress> progress;

  private Gather(
      Iterable<? extends I> items,
      String name,
      int limit,
      @Nullable Consumer<? super Progress> progress) {
    this.items = items;
    this.name = name;
    this.limit = limit;
    this.progress = progress;
  }

  /** All of {@code items} at once. */
  public static <I extends @Nullable Object> Gather<I> over(Iterable<? extends I> items) {
    requireNonNull(items, "items");
    return new Gather<>(items, Defaults.ITEM_NAME, Integer.MAX_VALUE, null);
  }

  /**
   * At most {@code limit} items at once.
   *
   * @throws IllegalArgumentException when {@code limit} is below 1
   */
  public Gather<I> limit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit must be at least 1, but was " + limit + "; leave it out for no limit");
    }
    return new Gather<>(items, name, limit, progress);
  }

  /** What an item is called in paths: {@code name#index}. */
  public Gather<I> name(String name) {
    return new Gather<>(items, requireNonNull(name, "name"), limit, progress);
  }

  /**
   * Has {@code listener} told after each item that returned or failed, one call at a time, on the
   * thread of one of the items; the calls are over when the gather is. What the listener throws is
   * a failure of the gather.
   */
  public Gather<I> onProgress(Consumer<? super Progress> listener) {
    return new Gather<>(items, name, limit, requireNonNull(listener, "listener"));
  }

  /**
   * A deadline for each item, counted from the moment its work begins.
   *
   * @throws IllegalArgumentException when {@code each} is not longer than zero
   */
  public Timed<I> timeout(Duration each) {
    return new Timed<>(this, Durations.positive(each, "each"));
  }

  /**
   * Works on all items. The first failure cancels the rest and is thrown as itself; later ones are
   * its suppressed exceptions.
   *
   * @return the results, in the order of the items
   * @throws X as the work threw it
   * @throws CancelledException when a scope around this was cancelled
   * @throws InterruptedException when the caller's thread was interrupted from outside
   */
  public <R extends @Nullable Object, X extends Exception> List<R> run(
      ItemWork<? super I, ? extends R, ? extends X> work) throws X, InterruptedException {
    requireNonNull(work, "work");
    return GatherResults.<I, R, X>of(this, work);
  }

  /**
   * Like {@link #run}, for work that returns nothing.
   *
   * @throws X as the work threw it
   */
  public <X extends Exception> void forEach(ItemAction<? super I, ? extends X> work)
      throws X, InterruptedException {
    this.<@Nullable Void, X>run(Adapters.asItemWork(work));
  }

  /**
   * Works on all items and keeps every failure beside its item.
   *
   * @return the outcomes, in the order of the items
   * @throws CancelledException when a scope around this was cancelled
   * @throws InterruptedException when the caller's thread was interrupted from outside
   */
  public <R extends @Nullable Object> List<Outcome<I, R>> outcomes(
      ItemWork<? super I, ? extends R, ? extends Exception> work) throws InterruptedException {
    requireNonNull(work, "work");
    return GatherOutcomes.of(this, work, null);
  }

  /**
   * Like {@link #outcomes(ItemWork)}, but ends early: when {@code enough} says so of an outcome,
   * the items that are not done are cancelled and those that are known but not begun stay undone,
   * all of them with a {@link Outcome.Cancelled} in the list.
   *
   * <pre>{@code
   * var found = Gather.over(mirrors).limit(4).outcomes(this::fetch, Outcome::isSuccess);
   * }</pre>
   *
   * @param enough asked on the thread of the item, of several items at once if need be; what it
   *     throws is a failure of the gather
   */
  public <R extends @Nullable Object> List<Outcome<I, R>> outcomes(
      ItemWork<? super I, ? extends R, ? extends Exception> work,
      Predicate<? super Outcome<I, R>> enough)
      throws InterruptedException {
    requireNonNull(work, "work");
    return GatherOutcomes.of(this, work, requireNonNull(enough, "enough"));
  }

  /**
   * Works on all items and gives their outcomes as they come. Leaving the try statement early, by
   * whatever way, cancels the items that are not done; without one they go on until the scope
   * around ends. Outside every scope nothing would end them: what is left early there goes on until
   * all is done, and with a limit waits for ever once so many outcomes are there that nobody takes.
   *
   * <pre>{@code
   * try (var done = Gather.over(hosts).limit(10).asCompleted(this::check)) {
   *   for (var outcome : done) {
   *     show(outcome);
   *   }
   * }
   * }</pre>
   *
   * @throws CancelledException when a scope around this is cancelled; so do the methods of what is
   *     returned
   * @throws InterruptedException when the caller's thread was interrupted from outside
   */
  public <R extends @Nullable Object> Completions<I, R> asCompleted(
      ItemWork<? super I, ? extends R, ? extends Exception> work) throws InterruptedException {
    requireNonNull(work, "work");
    return Completions.start(this, work);
  }

  /**
   * A gather in which each item has a deadline.
   *
   * @param <I> the items
   */
  public static final class Timed<I extends @Nullable Object> {

    private final Gather<I> gather;
    private final long nanos;

    private Timed(Gather<I> gather, long nanos) {
      this.gather = gather;
      this.nanos = nanos;
    }

    /** See {@link Gather#limit}. */
    public Timed<I> limit(int limit) {
      return new Timed<>(gather.limit(limit), nanos);
    }

    /** See {@link Gather#name}. */
    public Timed<I> name(String name) {
      return new Timed<>(gather.name(name), nanos);
    }

    /** See {@link Gather#onProgress}. */
    public Timed<I> onProgress(Consumer<? super Progress> listener) {
      return new Timed<>(gather.onProgress(listener), nanos);
    }

    /**
     * See {@link Gather#run}.
     *
     * @throws DeadlineExceededException when an item took too long; that cancels the rest
     */
    public <R extends @Nullable Object, X extends Exception> List<R> run(
        ItemWork<? super I, ? extends R, ? extends X> work)
        throws X, InterruptedException, DeadlineExceededException {
      requireNonNull(work, "work");
      return GatherResults.<I, R, X>of(gather, timed(work));
    }

    /** See {@link Gather#forEach} and {@link #run}. */
    public <X extends Exception> void forEach(ItemAction<? super I, ? extends X> work)
        throws X, InterruptedException, DeadlineExceededException {
      this.<@Nullable Void, X>run(Adapters.asItemWork(work));
    }

    /**
     * See {@link Gather#outcomes}. An item that took too long is a failure whose error is a {@link
     * DeadlineExceededException}.
     */
    public <R extends @Nullable Object> List<Outcome<I, R>> outcomes(
        ItemWork<? super I, ? extends R, ? extends Exception> work) throws InterruptedException {
      requireNonNull(work, "work");
      return GatherOutcomes.of(gather, timed(work), null);
    }

    /** See {@link Gather#outcomes(ItemWork, Predicate)} and {@link #outcomes(ItemWork)}. */
    public <R extends @Nullable Object> List<Outcome<I, R>> outcomes(
        ItemWork<? super I, ? extends R, ? extends Exception> work,
        Predicate<? super Outcome<I, R>> enough)
        throws InterruptedException {
      requireNonNull(work, "work");
      return GatherOutcomes.of(gather, timed(work), requireNonNull(enough, "enough"));
    }

    /** See {@link Gather#asCompleted} and {@link #outcomes(ItemWork)}. */
    public <R extends @Nullable Object> Completions<I, R> asCompleted(
        ItemWork<? super I, ? extends R, ? extends Exception> work) throws InterruptedException {
      requireNonNull(work, "work");
      return Completions.start(gather, timed(work));
    }

    private <R extends @Nullable Object> ItemWork<I, R, Exception> timed(
        ItemWork<? super I, ? extends R, ? extends Exception> work) {
      Duration each = Duration.ofNanos(nanos);
      return item -> Tandem.<R, Exception>timeout(each, () -> work.run(item));
    }
  }
}
