package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.DeadlineExceededException;
import dev.tandem.ItemWork;
import dev.tandem.internal.Durations;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What can be made of an iterator with tasks, or with an eye on the clock. */
abstract class TaskOperators<T> extends Operators<T> {

  /**
   * What {@code work} makes of the elements, of up to {@code limit} at once, in the order of the
   * elements. At most {@code limit} elements are fetched ahead of the loop, those whose results
   * wait to be taken included; leaving the loop early loses those, as with {@link #buffer}. When
   * the work on an element fails, those before it are finished and given out, those after it are
   * cancelled, and the failure is thrown in its place.
   *
   * @throws IllegalArgumentException when {@code limit} is below 1
   * @throws X in the loop, not here: as the work threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <R, X extends Exception> AsyncIterator<R> mapConcurrent(
      int limit, ItemWork<? super T, ? extends R, ? extends X> work)
      throws X, InterruptedException {
    requireNonNull(work, "work");
    return new OrderedMap<>(this, Checks.atLeastOne(limit, "limit"), work);
  }

  /**
   * Like {@link #mapConcurrent}, in the order in which the results come. The first failure cancels
   * the rest, and is thrown after the results that were there before it.
   *
   * @throws IllegalArgumentException when {@code limit} is below 1
   * @throws X in the loop, not here: as the work threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <R, X extends Exception> AsyncIterator<R> mapConcurrentUnordered(
      int limit, ItemWork<? super T, ? extends R, ? extends X> work)
      throws X, InterruptedException {
    requireNonNull(work, "work");
    return new UnorderedMap<>(this, Checks.atLeastOne(limit, "limit"), work);
  }

  /**
   * The elements of the iterables that {@code work} makes of each element, of up to {@code limit}
   * at once, as they come. The first failure cancels the rest.
   *
   * @throws IllegalArgumentException when {@code limit} is below 1
   * @throws X in the loop, not here: as the work threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <R, X extends Exception> AsyncIterator<R> flatMapMerge(
      int limit, ItemWork<? super T, ? extends Iterable<? extends R>, ? extends X> work)
      throws X, InterruptedException {
    requireNonNull(work, "work");
    return new FlatMerge<>(this, Checks.atLeastOne(limit, "limit"), work);
  }

  /**
   * Gives the elements of each key to a function of their own, in a task of its own, and has what
   * these return, as it comes. The elements of a key end with the elements of all; a function that
   * returns before that is called again with the next element of its key. Each function holds up
   * the others until it takes its next element, and there are as many tasks as open keys.
   *
   * <pre>{@code
   * events.groupBy(Event::host, (host, own) -> List.of(host + ": " + own.count()))
   * }</pre>
   *
   * @throws X in the loop, not here: as one of the functions threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <K, R, X extends Exception> AsyncIterator<R> groupBy(
      ItemWork<? super T, ? extends K, ? extends X> key,
      Grouping<? super K, T, ? extends R, ? extends X> each)
      throws X, InterruptedException {
    requireNonNull(key, "key");
    return new Groups<K, T, R>(this, key, requireNonNull(each, "each"));
  }

  /**
   * The elements of both, as they come. The first failure ends both. One of each is fetched ahead
   * of the loop; leaving that early loses them, as with {@link #buffer}.
   */
  public final AsyncIterator<T> merge(Iterable<? extends T> other) {
    requireNonNull(other, "other");
    return new Merge<>(List.of(this, asIterator(other)));
  }

  /**
   * Fetches up to {@code room} elements ahead of the loop, in a task of its own; one more is on its
   * way.
   *
   * <p>Leaving the loop early loses what has been fetched and not given out: there is no way back
   * into the source. Where the source outlives the loop, as a queue does, and each element counts,
   * take from it without this.
   *
   * @throws IllegalArgumentException when {@code room} is below 1
   */
  public final AsyncIterator<T> buffer(int room) {
    return new Buffered<>(this, Checks.atLeastOne(room, "room"));
  }

  /**
   * Lists of up to {@code size} elements: one is given out when it is full, and when {@code within}
   * has passed since its first element came.
   *
   * @throws IllegalArgumentException when {@code size} is below 1, or {@code within} is not longer
   *     than zero
   */
  public final AsyncIterator<List<T>> chunk(int size, Duration within) {
    return new TimedChunks<>(
        this, Checks.atLeastOne(size, "size"), Checks.longer(within, "within"));
  }

  /**
   * The elements after which there was quiet for so long; those that another followed sooner are
   * left out. At the end the last one is given out at once.
   *
   * @throws IllegalArgumentException when {@code quiet} is not longer than zero
   */
  public final AsyncIterator<T> debounce(Duration quiet) {
    return new Debounce<>(this, Checks.longer(quiet, "quiet"));
  }

  /**
   * The elements, of which each comes at least {@code distance} after the one before it. None is
   * left out: whoever is too fast is held up. On a busy machine one may come late, which does not
   * push back those after it.
   *
   * @throws IllegalArgumentException when {@code distance} is not longer than zero
   */
  public final AsyncIterator<T> throttle(Duration distance) {
    return new Timed.Throttle<>(this, Checks.longer(distance, "distance"));
  }

  /**
   * The elements, if each comes within {@code atMost} of being asked for.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws DeadlineExceededException in the loop, not here: when one did not come in time
   * @throws InterruptedException in the loop, not here
   */
  public final AsyncIterator<T> timeoutEach(Duration atMost)
      throws DeadlineExceededException, InterruptedException {
    long checked = Checks.longer(atMost, "atMost");
    return new Timed.TimeoutEach<>(this, Duration.ofNanos(checked));
  }

  /** Like {@link #retryEach(int, Duration, Predicate)}, whatever the failure. */
  public final AsyncIterator<T> retryEach(int retries, Duration pause) {
    return retryEach(retries, pause, failure -> true);
  }

  /**
   * The elements; when one fails, it is asked for again after {@code pause}, up to {@code retries}
   * times, if {@code which} accepts the failure. The functions before this are given their element
   * again, and an iterator of one's own is asked again. What has tasks fails for good: there put
   * the retries into the function.
   *
   * @throws IllegalArgumentException when a number or duration is negative
   */
  public final AsyncIterator<T> retryEach(
      int retries, Duration pause, Predicate<? super Exception> which) {
    return new Timed.RetryEach<>(
        this,
        Checks.notNegative(retries, "retries"),
        Durations.notNegative(requireNonNull(pause, "pause"), "pause"),
        requireNonNull(which, "which"));
  }

  /**
   * Makes this readable by several tasks, each of which has every element; Python's {@code tee}.
   *
   * @param room how many elements a reader may be behind before it holds up the others
   * @throws IllegalArgumentException when {@code room} is below 1
   */
  public final Shared<T> share(int room) {
    return new Shared<>(this, Checks.atLeastOne(room, "room"));
  }
}
