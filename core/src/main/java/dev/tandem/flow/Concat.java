package dev.tandem.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of one stage after those of another. */
final class Concat<T> extends AsyncIterator<T> {

  /*
   * Chains of this are kept flat, or a long one would be as deep a recursion: what comes after a
   * concatenation is added to it, and one that is among the parts is replaced by its parts when its
   * turn comes.
   */

  private final Deque<Stage<? extends T>> parts = new ArrayDeque<>();
  private @Nullable Run run;

  Concat(List<? extends Stage<? extends T>> parts) {
    parts.forEach(this::append);
  }

  Concat<T> append(Stage<? extends T> part) {
    part.takenBy("concat");
    parts.add(part);
    return this;
  }

  @Override
  void begins(Run current) {
    run = current;
  }

  @Override
  protected @Nullable T advance() throws Exception {
    for (Stage<? extends T> part = parts.peek(); part != null; part = parts.peek()) {
      if (part instanceof Concat<? extends T> inner && !inner.hasBegun()) {
        parts.poll();
        while (!inner.parts.isEmpty()) {
          parts.push(inner.parts.pollLast());
        }
        continue;
      }
      T item = begun(part).pull();
      if (item != null) {
        return item;
      }
      parts.poll();
      endOne(part);
    }
    return null;
  }

  private Stage<? extends T> begun(Stage<? extends T> part) {
    if (run != null) {
      part.begin(run);
    }
    return part;
  }

  @Override
  void release(Closing closing) {}

  @Override
  void endSources(Closing closing) {
    for (Stage<? extends T> part = parts.poll(); part != null; part = parts.poll()) {
      part.end(closing);
    }
  }
}
