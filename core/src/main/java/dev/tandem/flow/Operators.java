package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.Action;
import dev.tandem.Combine;
import dev.tandem.ItemAction;
import dev.tandem.ItemWork;
import java.util.List;

/** What can be made of an iterator without tasks: everything happens when it is asked for. */
abstract class Operators<T> extends Stage<T> {

  /**
   * What {@code work} makes of each element.
   *
   * @throws X in the loop, not here: as the work threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <R, X extends Exception> AsyncIterator<R> map(
      ItemWork<? super T, ? extends R, ? extends X> work) throws X, InterruptedException {
    return new Steps.Map<>(this, requireNonNull(work, "work"));
  }

  /**
   * The elements for which {@code test} says true.
   *
   * @throws X in the loop, not here: as the test threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <X extends Exception> AsyncIterator<T> filter(
      ItemWork<? super T, Boolean, ? extends X> test) throws X, InterruptedException {
    return new Steps.Filter<>(this, requireNonNull(test, "test"));
  }

  /**
   * The elements of the iterables that {@code work} makes of each element, one iterable after the
   * other. Each that can be closed is, when its elements have been taken.
   *
   * @throws X in the loop, not here: as the work threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <R, X extends Exception> AsyncIterator<R> flatMap(
      ItemWork<? super T, ? extends Iterable<? extends R>, ? extends X> work)
      throws X, InterruptedException {
    return new FlatMap<>(this, requireNonNull(work, "work"));
  }

  /**
   * The elements, each after {@code action} was done with it.
   *
   * @throws X in the loop, not here: as the action threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <X extends Exception> AsyncIterator<T> onEach(
      ItemAction<? super T, ? extends X> action) throws X, InterruptedException {
    return new Steps.OnEach<>(this, requireNonNull(action, "action"));
  }

  /**
   * The first elements, at most so many. What comes after them stays where it is.
   *
   * @throws IllegalArgumentException when {@code count} is negative
   */
  public final AsyncIterator<T> take(long count) {
    return new Steps.Take<>(this, notNegative(count));
  }

  /**
   * The elements before the first for which {@code test} says false; that one is lost.
   *
   * @throws X in the loop, not here: as the test threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <X extends Exception> AsyncIterator<T> takeWhile(
      ItemWork<? super T, Boolean, ? extends X> test) throws X, InterruptedException {
    return new Steps.TakeWhile<>(this, requireNonNull(test, "test"));
  }

  /**
   * The elements without the first ones.
   *
   * @throws IllegalArgumentException when {@code count} is negative
   */
  public final AsyncIterator<T> skip(long count) {
    return new Steps.Skip<>(this, notNegative(count));
  }

  /** The elements and their numbers, from 0; Python's {@code enumerate}. */
  public final AsyncIterator<Indexed<T>> indexed() {
    return indexed(0);
  }

  /** Like {@link #indexed()}; the number of the first element is {@code first}. */
  public final AsyncIterator<Indexed<T>> indexed(long first) {
    return new Steps.Numbered<>(this, first);
  }

  /**
   * What the elements have come to after each; Python's {@code accumulate}, but {@code initial}
   * itself is not given.
   *
   * @throws X in the loop, not here: as {@code fold} threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <R, X extends Exception> AsyncIterator<R> scan(
      R initial, Fold<R, ? super T, ? extends X> fold) throws X, InterruptedException {
    return new Steps.Scan<>(this, requireNonNull(initial, "initial"), requireNonNull(fold, "fold"));
  }

  /** The elements that are equal to none before them. It remembers all that it gave. */
  public final AsyncIterator<T> distinct() {
    return new Steps.Distinct<>(this, item -> item);
  }

  /**
   * The elements whose key is equal to none before it. It remembers the keys.
   *
   * @throws X in the loop, not here: as {@code key} threw it
   * @throws InterruptedException in the loop, not here
   */
  public final <X extends Exception> AsyncIterator<T> distinctBy(
      ItemWork<? super T, ?, ? extends X> key) throws X, InterruptedException {
    return new Steps.Distinct<>(this, requireNonNull(key, "key"));
  }

  /**
   * Lists of so many elements; the last one may be shorter. Python's {@code batched}.
   *
   * @throws IllegalArgumentException when {@code size} is below 1
   */
  public final AsyncIterator<List<T>> chunk(int size) {
    return new Chunks.BySize<>(this, Checks.atLeastOne(size, "size"));
  }

  /**
   * Lists of so many elements, a new one beginning with each element: with size 2 Python's {@code
   * pairwise}.
   *
   * @throws IllegalArgumentException when {@code size} is below 1
   */
  public final AsyncIterator<List<T>> window(int size) {
    return window(size, 1);
  }

  /**
   * Lists of so many elements, a new one beginning every {@code step} elements. Elements that fill
   * no list are left out.
   *
   * @throws IllegalArgumentException when a number is below 1
   */
  public final AsyncIterator<List<T>> window(int size, int step) {
    return new Chunks.Windows<>(
        this, Checks.atLeastOne(size, "size"), Checks.atLeastOne(step, "step"));
  }

  /** These elements, and then those; Python's {@code chain}. */
  public final AsyncIterator<T> concat(Iterable<? extends T> after) {
    requireNonNull(after, "after");
    return new Concat<>(List.of(this, asIterator(after)));
  }

  /**
   * An element of this and one of the other together, until either has none left. An element of
   * this whose partner does not come is lost.
   */
  public final <B, R> AsyncIterator<R> zip(
      Iterable<? extends B> other, Combine.Two<? super T, ? super B, ? extends R> together) {
    requireNonNull(other, "other");
    return new Zip<>(this, asIterator(other), requireNonNull(together, "together"));
  }

  /**
   * Has {@code action} run once when the iterator is closed, before what comes before it is closed.
   * It is shielded from cancellation for at most 30 seconds; its failure is thrown by {@link
   * AsyncIterator#close}.
   */
  public final AsyncIterator<T> onClose(Action<? extends Exception> action) {
    return new Steps.OnClose<>(this, requireNonNull(action, "action"));
  }

  private static long notNegative(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, but was " + count);
    }
    return count;
  }
}
