package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.Action;
import dev.tandem.ItemWork;

/** What can be made of an iterator without tasks. */
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
   * Has {@code action} run once when the iterator is closed, before what comes before it is closed.
   * It is shielded from cancellation for at most 30 seconds; its failure is thrown by {@link
   * AsyncIterator#close}.
   */
  public final AsyncIterator<T> onClose(Action<? extends Exception> action) {
    return new Steps.OnClose<>(this, requireNonNull(action, "action"));
  }
}
