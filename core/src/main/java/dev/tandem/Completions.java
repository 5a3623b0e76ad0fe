package dev.tandem;

import dev.tandem.internal.Context;
import dev.tandem.internal.Parking;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a gather in the order in which its items end; asyncio's {@code as_completed}.
 * Made by {@link Gather#asCompleted}.
 *
 * <pre>{@code
 * try (var done = Gather.over(hosts).limit(10).asCompleted(this::check)) {
 *   for (var outcome : done) {
 *     show(outcome);
 *   }
 * }
 * }</pre>
 *
 * <p>Closing cancels the items that are not done and waits for their ends; outcomes that nobody
 * took are dropped, after the failures among them were logged. If nobody closes it, leaving the
 * scope it was made in does. With a limit of k the work goes on only while fewer than k outcomes
 * are waiting to be taken, so memory goes with the limit.
 *
 * <p>There is one pass over the outcomes: a second loop goes on where the first one left. {@code
 * hasNext} and {@code next} wait, and throw {@link CancelledException} when a scope around is
 * cancelled and a plain {@link InterruptedException} when the thread is interrupted from outside;
 * {@link Iterator} cannot declare it, but {@link Gather#asCompleted} does.
 *
 * @param <I> the items
 * @param <R> what the work returns
 */
public final class Completions<I extends @Nullable Object, R extends @Nullable Object>
    implements Iterable<Outcome<I, R>>, AutoCloseable {

  private final GatherCompletions<I, R> run;
  private final Pass pass = new Pass();

  private Completions(GatherCompletions<I, R> run) {
    this.run = run;
  }

  static <I extends @Nullable Object, R extends @Nullable Object> Completions<I, R> start(
      Gather<I> gather, ItemWork<? super I, ? extends R, ? extends Exception> work)
      throws InterruptedException {
    Parking.checkpoint();
    return new Completions<>(GatherCompletions.start(gather, work, Context.current()));
  }

  /** The one pass, always the same; for one thread at a time. */
  @Override
  public Iterator<Outcome<I, R>> iterator() {
    return pass;
  }

  /** Cancels what is not done, and waits for its end. Later calls do nothing. */
  @Override
  public void close() {
    run.close();
  }

  private final class Pass implements Iterator<Outcome<I, R>> {

    private @Nullable Outcome<I, R> next;

    /** Waits for an outcome; false when all have been taken, or this was closed. */
    @Override
    public boolean hasNext() {
      if (next == null) {
        next = run.take();
      }
      return next != null;
    }

    @Override
    public Outcome<I, R> next() {
      Outcome<I, R> outcome = hasNext() ? next : null;
      if (outcome == null) {
        throw new NoSuchElementException("all outcomes have been taken, or this was closed");
      }
      next = null;
      return outcome;
    }
  }
}
