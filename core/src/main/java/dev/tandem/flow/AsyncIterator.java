package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.CancelledException;
import dev.tandem.Work;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
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
 * thread at a time. Elements are never null.
 *
 * <p><b>Closing.</b> The end of the elements closes it, and so does a failure. Whoever leaves the
 * loop early closes it by leaving the try statement; if nobody does, the scope in which it was made
 * closes it before it ends, or the consumer's, when that is not inside the other. All stages are
 * closed, each once, from the consumer's end to the source: first the tasks of a stage are
 * cancelled and waited for, then it gives up what it has opened, then comes the stage before it.
 * What fails in closing is suppressed by the failure that led to it, if there is one, and does not
 * keep the others open.
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
public abstract class AsyncIterator<T> extends Operators<T> implements Iterable<T>, AutoCloseable {

  private final Pass pass = new Pass();

  /** For iterators of one's own. */
  protected AsyncIterator() {}

  /** The given elements. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  public static <T> AsyncIterator<T> of(T... items) {
    return new Sources.Elements<>(List.of(items));
  }

  /** The elements of an iterable; one that is {@link AutoCloseable} is closed with this. */
  public static <T> AsyncIterator<T> from(Iterable<? extends T> items) {
    return new Sources.Elements<>(requireNonNull(items, "items"));
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
    try (this) {
      List<T> all = new ArrayList<>();
      forEach(all::add);
      return all;
    }
  }

  /** Ends every stage, the last one first, and waits for that. Later calls do nothing. */
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
