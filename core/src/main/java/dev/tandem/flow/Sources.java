package dev.tandem.flow;

import dev.tandem.Work;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stages that have none before them and no task of their own. */
final class Sources {

  private Sources() {}

  /** The elements of an iterable, which is closed too, if it can be. */
  static final class Elements<T> extends AsyncIterator<T> {

    private final Iterable<? extends T> items;
    private @Nullable Iterator<? extends T> pass;

    Elements(Iterable<? extends T> items) {
      super(items instanceof AutoCloseable);
      this.items = items;
    }

    @Override
    protected @Nullable T advance() {
      if (pass == null) {
        pass = items.iterator();
      }
      return pass.hasNext() ? Nulls.refuse(pass.next(), "the iterable") : null;
    }

    @Override
    void release(Closing closing) {
      if (items instanceof AutoCloseable resource) {
        closing.shielded(resource::close);
      }
    }
  }

  /** What a function returns, until that is null. */
  static final class UntilNull<T> extends AsyncIterator<T> {

    private final Work<? extends @Nullable T, ? extends Exception> next;

    UntilNull(Work<? extends @Nullable T, ? extends Exception> next) {
      super(false);
      this.next = next;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      return next.run();
    }

    @Override
    void release(Closing closing) {}
  }

  /** What a function returns, until that is empty. */
  static final class WhilePresent<T> extends AsyncIterator<T> {

    private final Work<? extends Optional<? extends T>, ? extends Exception> next;

    WhilePresent(Work<? extends Optional<? extends T>, ? extends Exception> next) {
      super(false);
      this.next = next;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      return next.run().orElse(null);
    }

    @Override
    void release(Closing closing) {}
  }
}
