package dev.tandem.flow;

import dev.tandem.Action;
import dev.tandem.ItemWork;
import org.jspecify.annotations.Nullable;

/** The steps that look at one element at a time and have no tasks. */
final class Steps {

  private Steps() {}

  /** A step that keeps an element until the user's function is done with it. */
  abstract static class Keeping<S, T> extends Step<S, T> {

    private @Nullable S kept;

    Keeping(Stage<S> source, String operator) {
      super(source, operator);
    }

    /** The element at hand, or the next one; null when there is none left. */
    final @Nullable S current() throws Exception {
      if (kept == null) {
        kept = source.pull();
      }
      return kept;
    }

    final void done() {
      kept = null;
    }
  }

  static final class Map<S, T> extends Keeping<S, T> {

    private final ItemWork<? super S, ? extends T, ? extends Exception> work;

    Map(Stage<S> source, ItemWork<? super S, ? extends T, ? extends Exception> work) {
      super(source, "map");
      this.work = work;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      S item = current();
      if (item == null) {
        return null;
      }
      T result = Nulls.refuse(work.run(item), "the function of map");
      done();
      return result;
    }
  }

  static final class Filter<T> extends Keeping<T, T> {

    private final ItemWork<? super T, Boolean, ? extends Exception> test;

    Filter(Stage<T> source, ItemWork<? super T, Boolean, ? extends Exception> test) {
      super(source, "filter");
      this.test = test;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      for (T item = current(); item != null; item = current()) {
        boolean passes = test.run(item);
        done();
        if (passes) {
          return item;
        }
      }
      return null;
    }
  }

  /** Closes something with the iterator. */
  static final class OnClose<T> extends Step<T, T> {

    private final Action<? extends Exception> action;

    OnClose(Stage<T> source, Action<? extends Exception> action) {
      super(source, "onClose");
      this.action = action;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      return source.pull();
    }

    @Override
    void release(Closing closing) {
      closing.shielded(action);
    }
  }
}
