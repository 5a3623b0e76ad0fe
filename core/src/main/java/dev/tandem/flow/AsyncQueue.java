package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.ItemAction;
import dev.tandem.ItemWork;
import dev.tandem.Work;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Items on their way from tasks that put them in to tasks that take them out.
 *
 * <pre>{@code
 * var queue = AsyncQueue.<String>bounded(10);
 * TaskGroup.run(
 *     group -> {
 *       for (int i = 0; i < 3; i++) {
 *         group.start("worker-" + i, () -> queue.forEach(this::process));
 *       }
 *       for (String item : items) {
 *         queue.put(item);
 *       }
 *       queue.shutdown();
 *     });
 * }</pre>
 *
 * <p>A bounded queue holds so many items, and who puts one more waits; a rendezvous holds none and
 * hands each item from a putter to a taker. Items come out first in, first out; the least first
 * from a {@link #priority(Comparator) priority} queue; last in, first out from a {@link #lifo()
 * LIFO} one. Null is no item. Any number of tasks, and plain threads, may use either end.
 *
 * <p><b>Shutdown.</b> From the shutdown on nothing goes in: a put throws {@link
 * QueueShutDownException}, one that waits too, and its item is not in the queue. What is in the
 * queue then is
 *
 * <ul>
 *   <li>still given to takers by {@link #shutdown()}, and when nothing is left a take throws {@link
 *       QueueShutDownException} while {@link #forEach} and {@link #items} just end;
 *   <li>still given to takers by {@link #shutdown(Throwable)}, and when nothing is left each taker,
 *       forEach and items included, throws a {@link QueueShutDownException} with that cause;
 *   <li>taken out and returned by {@link #shutdownNow()} and {@link #shutdownNow(Throwable)}, so
 *       that takers find nothing left at once.
 * </ul>
 *
 * <p>The first shutdown decides on the cause; a later {@code shutdownNow} still takes out the rest.
 *
 * <p><b>Joining.</b> {@link #join()} waits until each item that went in has been dealt with: taken,
 * and reported by {@link #taskDone()}, or returned by {@code shutdownNow}. A shutdown alone does
 * not end it: what is left must still be taken and reported, or dropped.
 *
 * <p><b>Fairness.</b> Those who wait at an end are served first come, first served, and whoever
 * comes later does not overtake them. In a priority or LIFO queue that is full, the order among
 * items counts for those that are in.
 *
 * <p><b>Cancellation.</b> A put that throws, or says false, did not put its item in; a take that
 * throws took nothing. Putting an item happens-before taking it, and {@link #taskDone()}
 * happens-before {@link #join()} returns.
 *
 * <p>After Python's {@code asyncio.Queue} with the shutdown of 3.13, and the channels of CSP.
 *
 * @param <E> the items
 */
public final class AsyncQueue<E> {

  private static final int UNBOUNDED = Integer.MAX_VALUE;

  final Exchange<E> exchange;

  private AsyncQueue(Exchange<E> exchange) {
    this.exchange = exchange;
  }

  private AsyncQueue(int capacity, Storage<E> storage) {
    this(new Exchange<>(capacity, storage));
  }

  /**
   * A queue that holds at most {@code capacity} items, first in, first out.
   *
   * @throws IllegalArgumentException when {@code capacity} is below 1
   */
  public static <E> AsyncQueue<E> bounded(int capacity) {
    return new AsyncQueue<>(checked(capacity), new Ring<>(capacity));
  }

  /** A queue that holds as many items as memory does, first in, first out; a put never waits. */
  public static <E> AsyncQueue<E> unbounded() {
    return bounded(UNBOUNDED);
  }

  /** A queue that holds nothing: each put waits for a take, and each take for a put. */
  public static <E> AsyncQueue<E> rendezvous() {
    return new AsyncQueue<>(new Rendezvous<>());
  }

  /**
   * An unbounded queue that gives the least item first; among equals, the one put in first. The
   * order must not use this queue, which refuses it: {@link IllegalStateException}.
   */
  public static <E> AsyncQueue<E> priority(Comparator<? super E> order) {
    return priority(order, UNBOUNDED);
  }

  /**
   * Like {@link #priority(Comparator)}, with at most {@code capacity} items in it.
   *
   * @throws IllegalArgumentException when {@code capacity} is below 1
   */
  public static <E> AsyncQueue<E> priority(Comparator<? super E> order, int capacity) {
    return new AsyncQueue<>(checked(capacity), new Heap<>(requireNonNull(order, "order")));
  }

  /** An unbounded queue that gives first what was put in last. */
  public static <E> AsyncQueue<E> lifo() {
    return lifo(UNBOUNDED);
  }

  /**
   * Like {@link #lifo()}, with at most {@code capacity} items in it.
   *
   * @throws IllegalArgumentException when {@code capacity} is below 1
   */
  public static <E> AsyncQueue<E> lifo(int capacity) {
    return new AsyncQueue<>(checked(capacity), new Stack<>(capacity));
  }

  /**
   * Puts an item in, waiting in turn for room.
   *
   * @throws QueueShutDownException when the queue is shut down, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted
   */
  public void put(E item) throws InterruptedException {
    Waits.put(exchange, requireNonNull(item, "item"), TaskRuntime.NEVER);
  }

  /**
   * Puts an item in if there is room at once.
   *
   * @return false when there is not; then the item is not in the queue
   * @throws QueueShutDownException when the queue is shut down
   */
  public boolean offer(E item) {
    exchange.check(requireNonNull(item, "item"));
    return exchange.putNow(item);
  }

  /**
   * Puts an item in, waiting in turn for room, but not longer than {@code atMost}.
   *
   * @return false when the time passed first; then the item is not in the queue
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws QueueShutDownException when the queue is shut down, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted
   */
  public boolean offer(E item, Duration atMost) throws InterruptedException {
    return Waits.put(exchange, requireNonNull(item, "item"), Waits.deadline(atMost));
  }

  /**
   * Takes the next item, waiting in turn for one.
   *
   * @throws QueueShutDownException when the queue is shut down and nothing is left
   * @throws InterruptedException when cancelled or interrupted
   */
  public E take() throws InterruptedException {
    return Waits.take(exchange);
  }

  /**
   * Takes the next item, waiting in turn for one, until nothing is left after the shutdown.
   *
   * @return empty when nothing is left
   * @throws QueueShutDownException when nothing is left and the shutdown had a cause
   * @throws InterruptedException when cancelled or interrupted
   */
  public Optional<E> next() throws InterruptedException {
    return Optional.ofNullable(Waits.next(exchange));
  }

  /**
   * Takes the next item if there is one at once.
   *
   * @throws QueueShutDownException when the queue is shut down and nothing is left
   */
  public Optional<E> poll() {
    return Optional.ofNullable(Waits.poll(exchange));
  }

  /**
   * Takes the next item, waiting in turn for one, but not longer than {@code atMost}.
   *
   * @return empty when the time passed first
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws QueueShutDownException when the queue is shut down and nothing is left
   * @throws InterruptedException when cancelled or interrupted
   */
  public Optional<E> poll(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(Waits.take(exchange, Waits.deadline(atMost)));
  }

  /**
   * Calls {@code action} with one item after the other, in the calling task, until the queue is
   * shut down and nothing is left. Each item is {@linkplain #taskDone() reported} when the action
   * is done with it, also when that failed; do not report it again.
   *
   * @throws X what the action throws; the rest stays in the queue
   * @throws QueueShutDownException when nothing is left and the shutdown had a cause
   * @throws InterruptedException when cancelled or interrupted
   */
  public <X extends Exception> void forEach(ItemAction<? super E, X> action)
      throws X, InterruptedException {
    requireNonNull(action, "action");
    for (E item = Waits.next(exchange); item != null; item = Waits.next(exchange)) {
      try {
        action.run(item);
      } finally {
        taskDone();
      }
    }
  }

  /**
   * One item after the other, until the queue is shut down and nothing is left. Leaving the loop
   * early leaves the rest in the queue. Items are not reported; call {@link #taskDone()} if
   * somebody joins. The loop throws what {@link #next()} throws, {@link InterruptedException}
   * included, although no iterator can declare it.
   */
  public Iterable<E> items() {
    return () -> new Items<>(exchange);
  }

  /** Takes everything that is there now, without waiting, and adds it to {@code target}. */
  public int drainTo(Collection<? super E> target) {
    return drainTo(target, Integer.MAX_VALUE);
  }

  /**
   * Takes what is there now, but at most so many, without waiting, and adds it to {@code target};
   * whoever waits by now to put something in is let in as room comes, and drained too. What is put
   * in meanwhile is left there. When {@code target} throws, what it refused is the next to come out
   * again.
   *
   * @return how many
   * @throws IllegalArgumentException when {@code max} is negative
   */
  public int drainTo(Collection<? super E> target, int max) {
    requireNonNull(target, "target");
    if (max < 0) {
      throw new IllegalArgumentException("max must not be negative, but was " + max);
    }
    return Waits.drain(exchange, target, max);
  }

  /**
   * Reports that one item that was taken has been dealt with.
   *
   * @throws IllegalStateException when there is none that has not been reported
   */
  public void taskDone() {
    if (!exchange.taskDone()) {
      throw new IllegalStateException(
          "taskDone was called more often than items were taken; call it once for each");
    }
  }

  /**
   * Waits until each item that went in has been dealt with.
   *
   * @throws InterruptedException when cancelled or interrupted
   */
  public void join() throws InterruptedException {
    Waits.join(exchange, TaskRuntime.NEVER);
  }

  /**
   * Like {@link #join()}, but not longer than {@code atMost}.
   *
   * @return false when the time passed first
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws InterruptedException when cancelled or interrupted
   */
  public boolean join(Duration atMost) throws InterruptedException {
    return Waits.join(exchange, Waits.deadline(atMost));
  }

  /** Nothing goes in any more; what is in the queue is still taken out. Later calls do nothing. */
  public void shutdown() {
    exchange.shutDown(null, false);
  }

  /** Like {@link #shutdown()}, and when nothing is left takers throw with this cause. */
  public void shutdown(Throwable cause) {
    exchange.shutDown(requireNonNull(cause, "cause"), false);
  }

  /**
   * Nothing goes in any more, and nothing comes out.
   *
   * @return what was in the queue, in the order of taking; it counts as dealt with
   */
  public List<E> shutdownNow() {
    return exchange.shutDown(null, true);
  }

  /** Like {@link #shutdownNow()}, and takers throw with this cause. */
  public List<E> shutdownNow(Throwable cause) {
    return exchange.shutDown(requireNonNull(cause, "cause"), true);
  }

  /** True once the queue takes nothing more in. */
  public boolean isShutDown() {
    return statistics().shutDown();
  }

  /** How many items are in the queue. */
  public int size() {
    return statistics().size();
  }

  /** How many items can be in the queue; {@link Integer#MAX_VALUE} when it is unbounded. */
  public int capacity() {
    return exchange.capacity;
  }

  /** How many more items would go in now without waiting for a taker; 0 once it is shut down. */
  public int remainingCapacity() {
    Statistics now = statistics();
    if (now.shutDown()) {
      return 0;
    }
    return now.capacity() == UNBOUNDED ? UNBOUNDED : Math.max(0, now.capacity() - now.size());
  }

  /** What the queue holds and who waits for it, at one moment. */
  public Statistics statistics() {
    return exchange.statistics();
  }

  /** A clause of a {@link Select} that takes the next item. */
  public Clause<E, RuntimeException> taking() {
    return new TakeClause<>(exchange, item -> item);
  }

  /**
   * A clause of a {@link Select} that takes the next item and gives what {@code work} makes of it.
   */
  public <R, X extends Exception> Clause<R, X> taking(ItemWork<? super E, ? extends R, X> work) {
    return new TakeClause<>(exchange, requireNonNull(work, "work"));
  }

  /** A clause of a {@link Select} that puts {@code item} in and then gives it. */
  public Clause<E, RuntimeException> putting(E item) {
    return putting(item, () -> item);
  }

  /** A clause of a {@link Select} that puts {@code item} in and gives what {@code then} gives. */
  public <R, X extends Exception> Clause<R, X> putting(E item, Work<? extends R, X> then) {
    exchange.check(requireNonNull(item, "item"));
    return new PutClause<>(exchange, item, requireNonNull(then, "then"));
  }

  @Override
  public String toString() {
    return Words.describe(statistics());
  }

  private static int checked(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1, but was " + capacity + "; one without is a rendezvous()");
    }
    return capacity;
  }

  /**
   * A consistent view of a queue.
   *
   * @param size how many items are in it
   * @param capacity how many can be; {@link Integer#MAX_VALUE} when it is unbounded
   * @param waitingPutters how many tasks wait to put an item in
   * @param waitingTakers how many tasks wait for an item
   * @param waitingJoiners how many tasks wait for all items to be dealt with
   * @param unfinished how many items went in and have not been dealt with
   * @param shutDown whether nothing goes in any more
   */
  public record Statistics(
      int size,
      int capacity,
      int waitingPutters,
      int waitingTakers,
      int waitingJoiners,
      long unfinished,
      boolean shutDown) {}
}
