package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.CancelledException;
import dev.tandem.ItemAction;
import dev.tandem.Work;
import dev.tandem.internal.Lists;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Elements that take their time, for a plain loop; asyncio's {@code async for}. Whatever way the
 * loop is left, closing ends what stands behind it.
 *
 * <pre>{@code
 * try (var lines = AsyncIterator.untilNull(reader::readLine)) {
 *   for (String line : lines) {
 *     println(line);
 *   }
 * }
 * }</pre>
 *
 * <p>An iterator of one's own is a class with one method, which waits as it likes and returns null
 * at the end; {@link #release}, which closes what it has opened, is optional:
 *
 * <pre>{@code
 * final class AsyncRange extends AsyncIterator<Integer> {
 *   private final int end;
 *   private int current;
 *
 *   AsyncRange(int start, int end) {
 *     this.current = start;
 *     this.end = end;
 *   }
 *
 *   @Override
 *   protected @Nullable Integer advance() throws InterruptedException {
 *     if (current >= end) {
 *       return null;
 *     }
 *     sleep(ofMillis(100));
 *     return current++;
 *   }
 * }
 * }</pre>
 *
 * <p>An iterator is cold: nothing happens before the first element is asked for, whatever stages
 * there are. There is one pass: a second loop goes on where the first one left. It is for one
 * thread at a time: whoever asks while another waits in it, or closes it then, gets an {@link
 * IllegalStateException}. Elements are never null.
 *
 * <p><b>Closing.</b> The end of the elements closes it, and so does a failure. Whoever leaves the
 * loop early closes it by leaving the try statement; if nobody does, the scope in which it was made
 * closes it, after the tasks inside, or the consumer's, when that is another one and not inside the
 * first. What is never asked is closed by the scope in which it was made. All stages are closed,
 * each once, from the consumer's end to the source: first the tasks of a stage are cancelled and
 * waited for, then it gives up what it has opened, then comes the stage before it. What fails in
 * closing is suppressed by the failure that led to it, if there is one, and does not keep the
 * others open.
 *
 * <p><b>Errors.</b> What a stage throws comes out of the loop as itself, after the elements before
 * it. {@link Iterator} cannot declare that; the maker or operator that was given the throwing
 * function does, so that the try statement around both handles it.
 *
 * <p><b>Cancellation.</b> {@code hasNext} and {@code next} throw {@link CancelledException} when a
 * scope around is cancelled and a plain {@link InterruptedException} when the thread is interrupted
 * from outside. What was not returned then is not lost: whoever asks again has it, and a function
 * that was cut short is given its element again.
 *
 * @param <T> the elements
 */
public abstract class AsyncIterator<T> extends TaskOperators<T>
    implements Iterable<T>, AutoCloseable {

  private final Pass pass = new Pass();

  /** For iterators of one's own. */
  @SuppressWarnings("this-escape") // the scope keeps it, and does nothing before it is left
  protected AsyncIterator() {
    this(true);
  }

  /** For stages that know whether there is something to close before anything is asked. */
  AsyncIterator(boolean opened) {
    if (opened) {
      closedWithScope();
    }
  }

  /** The given elements. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  public static <T> AsyncIterator<T> of(T... items) {
    return new Sources.Elements<>(Lists.copyOf(items, "items"));
  }

  /** The elements of an iterable; one that is {@link AutoCloseable} is closed with this. */
  public static <T> AsyncIterator<T> from(Iterable<? extends T> items) {
    return new Sources.Elements<>(requireNonNull(items, "items"));
  }

  /** The elements of a stream, which is closed with this. */
  public static <T> AsyncIterator<T> from(BaseStream<T, ?> stream) {
    requireNonNull(stream, "stream");
    return new Sources.Elements<T>(stream::iterator).onClose(stream::close);
  }

  /**
   * What comes out of a queue, until it is shut down and nothing is left. An element is taken when
   * it is asked for; closing leaves the rest in the queue.
   *
   * @throws InterruptedException in the loop, not here
   */
  public static <T> AsyncIterator<T> from(AsyncQueue<? extends T> queue)
      throws InterruptedException {
    return AsyncIterator.<T, RuntimeException>whilePresent(requireNonNull(queue, "queue")::next);
  }

  /**
   * What {@code body} puts out, in a task of its own; Python's async generator. The task starts
   * when the first element is asked for. It is one element ahead at most: {@link Output#emit} waits
   * until somebody asks. Closing cancels it and waits for its end.
   *
   * <pre>{@code
   * AsyncIterator<Integer> countdown =
   *     AsyncIterator.generate(
   *         out -> {
   *           for (int i = 10; i > 0; i--) {
   *             out.emit(i);
   *             sleep(ofSeconds(1));
   *           }
   *         });
   * }</pre>
   *
   * @throws X in the loop, not here: as the body threw it
   * @throws InterruptedException in the loop, not here
   */
  public static <T, X extends Exception> AsyncIterator<T> generate(Generator<T, ? extends X> body)
      throws X, InterruptedException {
    return new Generated<>(0, requireNonNull(body, "body"));
  }

  /**
   * Like {@link #generate(Generator)}, with room for {@code room} elements that nobody has asked
   * for.
   *
   * @throws IllegalArgumentException when {@code room} is negative
   * @throws X in the loop, not here: as the body threw it
   * @throws InterruptedException in the loop, not here
   */
  public static <T, X extends Exception> AsyncIterator<T> generate(
      int room, Generator<T, ? extends X> body) throws X, InterruptedException {
    return new Generated<>(Checks.notNegative(room, "room"), requireNonNull(body, "body"));
  }

  /** The elements of all, one iterable after the other. */
  public static <T> AsyncIterator<T> concatAll(List<? extends Iterable<? extends T>> parts) {
    return new Concat<>(Lists.copyOf(parts, "parts").stream().map(Stage::<T>asIterator).toList());
  }

  /**
   * The elements of all, as they come. The first failure ends all. Leaving the loop early loses
   * what has been fetched ahead, as with {@link #buffer}.
   */
  public static <T> AsyncIterator<T> mergeAll(List<? extends Iterable<? extends T>> sources) {
    return new Merge<>(
        Lists.copyOf(sources, "sources").stream().map(Stage::<T>asIterator).toList());
  }

  /**
   * What {@code next} returns, until that is null; Python's {@code iter} with a sentinel. Whatever
   * it reads from is closed by {@link #onClose}.
   *
   * @throws X in the loop, not here: as {@code next} threw it
   * @throws InterruptedException in the loop, not here
   */
  public static <T, X extends Exception> AsyncIterator<T> untilNull(
      Work<? extends @Nullable T, ? extends X> next) throws X, InterruptedException {
    return new Sources.UntilNull<>(requireNonNull(next, "next"));
  }

  /**
   * What {@code next} returns, until that is empty.
   *
   * @throws X in the loop, not here: as {@code next} threw it
   * @throws InterruptedException in the loop, not here
   */
  public static <T, X extends Exception> AsyncIterator<T> whilePresent(
      Work<? extends Optional<? extends T>, ? extends X> next) throws X, InterruptedException {
    return new Sources.WhilePresent<>(requireNonNull(next, "next"));
  }

  /**
   * Waits for the next element; null when there is none left. Asked by one thread at a time, and
   * not any more after it was closed. After it threw it is asked again only if the consumer asks
   * again.
   */
  @Override
  protected abstract @Nullable T advance() throws Exception;

  /**
   * Closes what this stage has opened. Called once, even if nothing was asked of it, after {@link
   * #advance} has returned; shielded from cancellation for at most 30 seconds.
   */
  @Override
  protected void release() throws Exception {}

  /** The one pass, always the same. */
  @Override
  public final Iterator<T> iterator() {
    return pass;
  }

  /**
   * Waits for the next element; asyncio's {@code anext}.
   *
   * @return empty when there is none left
   * @throws CancelledException when a scope around is cancelled; then the element is still to come
   * @throws InterruptedException when the thread is interrupted from outside; likewise
   */
  public final Optional<T> next() throws InterruptedException {
    try {
      return Optional.ofNullable(poll());
    } catch (Exception declaredBefore) {
      throw Sneaky.undeclared(declaredBefore);
    }
  }

  /**
   * Takes all elements, and closes this.
   *
   * @throws InterruptedException when cancelled or interrupted; what came before is lost
   */
  public final List<T> toList() throws InterruptedException {
    List<T> all = new ArrayList<>();
    consume(all::add);
    return all;
  }

  /**
   * Takes all elements, and closes this.
   *
   * @throws InterruptedException when cancelled or interrupted
   */
  public final <A, R> R collect(Collector<? super T, A, R> collector) throws InterruptedException {
    requireNonNull(collector, "collector");
    A container = collector.supplier().get();
    BiConsumer<A, ? super T> accumulator = collector.accumulator();
    consume(item -> accumulator.accept(container, item));
    return collector.finisher().apply(container);
  }

  /**
   * Calls {@code action} with each element, and closes this: a loop for code that may throw.
   *
   * @throws X as the action threw it
   * @throws InterruptedException when cancelled or interrupted
   */
  public final <X extends Exception> void consume(ItemAction<? super T, ? extends X> action)
      throws X, InterruptedException {
    requireNonNull(action, "action");
    try (this) {
      while (pass.hasNext()) {
        action.run(pass.next());
      }
    }
  }

  /** Like {@link #consume}, for code that throws nothing checked. */
  @Override
  public final void forEach(Consumer<? super T> action) {
    requireNonNull(action, "action");
    try (this) {
      pass.forEachRemaining(action);
    }
  }

  /**
   * What the elements come to, from {@code initial} on; closes this.
   *
   * @throws X as {@code fold} threw it
   * @throws InterruptedException when cancelled or interrupted
   */
  public final <R, X extends Exception> R fold(R initial, Fold<R, ? super T, ? extends X> fold)
      throws X, InterruptedException {
    requireNonNull(fold, "fold");
    R total = requireNonNull(initial, "initial");
    try (this) {
      while (pass.hasNext()) {
        total = fold.run(total, pass.next());
      }
    }
    return total;
  }

  /**
   * What the elements come to, from the first one on; closes this.
   *
   * @return empty when there are none
   * @throws X as {@code fold} threw it
   * @throws InterruptedException when cancelled or interrupted
   */
  public final <X extends Exception> Optional<T> reduce(Fold<T, ? super T, ? extends X> fold)
      throws X, InterruptedException {
    requireNonNull(fold, "fold");
    try (this) {
      T first = next().orElse(null);
      return first == null ? Optional.empty() : Optional.of(this.<T, X>fold(first, fold));
    }
  }

  /**
   * The first element; closes this. To go on with the others, use {@link #next}.
   *
   * @return empty when there are none
   * @throws InterruptedException when cancelled or interrupted
   */
  public final Optional<T> first() throws InterruptedException {
    try (this) {
      return next();
    }
  }

  /**
   * Takes all elements, counts them, and closes this.
   *
   * @throws InterruptedException when cancelled or interrupted
   */
  public final long count() throws InterruptedException {
    return this.<Long, RuntimeException>fold(0L, (count, item) -> count + 1);
  }

  /**
   * The elements as a stream, which closes this when it is closed. It takes them when its terminal
   * operation asks, on that thread.
   *
   * @throws InterruptedException in the terminal operation, not here
   */
  public final Stream<T> toStream() throws InterruptedException {
    int facts = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pass, facts), false)
        .onClose(this::close);
  }

  /**
   * Ends every stage, the last one first, and waits for that. Later calls do nothing.
   *
   * @throws IllegalStateException when somebody waits in this for an element; to end that wait,
   *     cancel the task
   */
  @Override
  public final void close() {
    closeAll();
  }

  private final class Pass implements Iterator<T> {

    @Override
    public boolean hasNext() {
      try {
        return peek();
      } catch (Exception declaredBefore) {
        throw Sneaky.undeclared(declaredBefore);
      }
    }

    @Override
    public T next() {
      try {
        T item = poll();
        if (item != null) {
          return item;
        }
      } catch (Exception declaredBefore) {
        throw Sneaky.undeclared(declaredBefore);
      }
      throw new NoSuchElementException("all elements have been taken, or this was closed");
    }
  }
}
