package dev.tandem.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements in lists of one size. */
final class Chunks {

  private Chunks() {}

  /** One list after the other; the last one may be shorter. */
  static final class BySize<T> extends Step<T, List<T>> {

    private final int size;
    private List<T> chunk = new ArrayList<>();

    // Comes after the elements before it.
    private @Nullable Throwable failure;

    BySize(Stage<T> source, int size) {
      super(source, "chunk");
      this.size = size;
    }

    @Override
    protected @Nullable List<T> advance() throws Exception {
      while (chunk.size() < size && failure == null) {
        T item = bring();
        if (item == null) {
          break;
        }
        chunk.add(item);
      }
      if (chunk.isEmpty() && failure != null) {
        Throwable thrown = failure;
        failure = null;
        throw Sneaky.undeclared(thrown);
      }
      if (chunk.isEmpty()) {
        return null;
      }
      List<T> full = chunk;
      chunk = new ArrayList<>();
      return full;
    }

    private @Nullable T bring() throws InterruptedException {
      try {
        return source.pull();
      } catch (InterruptedException stopped) {
        throw stopped;
      } catch (Throwable failed) {
        failure = failed;
        return null;
      }
    }

    @Override
    void stop(Closing closing) {
      Run.tellNotReached(failure);
    }
  }

  /** Lists that overlap, or have gaps between them; all of the same size. */
  static final class Windows<T> extends Step<T, List<T>> {

    private final int size;
    private final int step;
    private final Deque<T> window = new ArrayDeque<>();
    private int skipped;

    Windows(Stage<T> source, int size, int step) {
      super(source, "window");
      this.size = size;
      this.step = step;
    }

    @Override
    protected @Nullable List<T> advance() throws Exception {
      while (window.size() < size) {
        T item = source.pull();
        if (item == null) {
          return null;
        }
        if (skipped > 0) {
          skipped--;
        } else {
          window.add(item);
        }
      }
      List<T> full = List.copyOf(window);
      for (int i = 0; i < step; i++) {
        if (window.poll() == null) {
          skipped++;
        }
      }
      return full;
    }
  }
}
