package dev.tandem.flow;

import dev.tandem.Action;
import dev.tandem.ItemAction;
import dev.tandem.ItemWork;
import java.util.HashSet;
import java.util.Set;
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

  static final class OnEach<T> extends Keeping<T, T> {

    private final ItemAction<? super T, ? extends Exception> action;

    OnEach(Stage<T> source, ItemAction<? super T, ? extends Exception> action) {
      super(source, "onEach");
      this.action = action;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      T item = current();
      if (item != null) {
        action.run(item);
        done();
      }
      return item;
    }
  }

  /** Elements until there have been so many; the source is not asked for more than it gives. */
  static final class Take<T> extends Step<T, T> {

    private long left;

    Take(Stage<T> source, long count) {
      super(source, "take");
      left = count;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      T item = left == 0 ? null : source.pull();
      if (item != null) {
        left--;
      }
      return item;
    }
  }

  static final class TakeWhile<T> extends Keeping<T, T> {

    private final ItemWork<? super T, Boolean, ? extends Exception> test;
    private boolean over;

    TakeWhile(Stage<T> source, ItemWork<? super T, Boolean, ? extends Exception> test) {
      super(source, "takeWhile");
      this.test = test;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      T item = over ? null : current();
      if (item == null) {
        return null;
      }
      over = !test.run(item);
      done();
      return over ? null : item;
    }
  }

  static final class Skip<T> extends Step<T, T> {

    private long left;

    Skip(Stage<T> source, long count) {
      super(source, "skip");
      left = count;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      while (left > 0 && source.pull() != null) {
        left--;
      }
      return source.pull();
    }
  }

  static final class Numbered<T> extends Step<T, Indexed<T>> {

    private long index;

    Numbered(Stage<T> source, long first) {
      super(source, "indexed");
      index = first;
    }

    @Override
    protected @Nullable Indexed<T> advance() throws Exception {
      T item = source.pull();
      return item == null ? null : new Indexed<>(index++, item);
    }
  }

  static final class Scan<S, T> extends Keeping<S, T> {

    private final Fold<T, ? super S, ? extends Exception> fold;
    private T total;

    Scan(Stage<S> source, T initial, Fold<T, ? super S, ? extends Exception> fold) {
      super(source, "scan");
      this.fold = fold;
      total = initial;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      S item = current();
      if (item == null) {
        return null;
      }
      total = Nulls.refuse(fold.run(total, item), "the function of scan");
      done();
      return total;
    }
  }

  /** The first element of each key. */
  static final class Distinct<T> extends Keeping<T, T> {

    private final ItemWork<? super T, ?, ? extends Exception> key;
    private final Set<Object> seen = new HashSet<>();

    Distinct(Stage<T> source, ItemWork<? super T, ?, ? extends Exception> key) {
      super(source, "distinct");
      this.key = key;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      for (T item = current(); item != null; item = current()) {
        boolean isNew = seen.add(Nulls.refuseKey(key.run(item), "the key function of distinctBy"));
        done();
        if (isNew) {
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
      closedWithScope();
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
