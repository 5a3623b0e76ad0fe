package dev.tandem.flow;

import dev.tandem.ItemWork;
import org.jspecify.annotations.Nullable;

/**
 * The elements of the iterables that a function makes of elements, one iterable after the other.
 */
final class FlatMap<S, T> extends Steps.Keeping<S, T> {

  private final ItemWork<? super S, ? extends Iterable<? extends T>, ? extends Exception> work;
  private @Nullable Run run;
  private @Nullable Stage<? extends T> inner;

  FlatMap(
      Stage<S> source,
      ItemWork<? super S, ? extends Iterable<? extends T>, ? extends Exception> work) {
    super(source, "flatMap");
    this.work = work;
  }

  @Override
  void begins(Run current) {
    run = current;
    super.begins(current);
  }

  @Override
  protected @Nullable T advance() throws Exception {
    while (true) {
      Stage<? extends T> open = inner;
      if (open == null) {
        S item = current();
        if (item == null) {
          return null;
        }
        open = asIterator(Nulls.refuseItems(work.run(item), "the function of flatMap"));
        done();
        open.takenBy("flatMap");
        inner = open;
        if (run != null) {
          open.begin(run);
        }
      }
      T next = open.pull();
      if (next != null) {
        return next;
      }
      inner = null;
      endOne(open);
    }
  }

  @Override
  void endSources(Closing closing) {
    if (inner != null) {
      inner.end(closing);
    }
    super.endSources(closing);
  }
}
