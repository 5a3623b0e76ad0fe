package dev.tandem.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of one stage after those of another. */
final class Concat<T> extends AsyncIterator<T> {

  /*
   * A chain of this may be long, and must be no deep recursion: one that is among the parts is
   * replaced by its parts when its turn comes.
   */

  private final Deque<Stage<? extends T>> parts = new ArrayDeque<>();
  private @Nullable Run run;

  Concat(List<? extends Stage<? extends T>> parts) {
    super(false);
    parts.forEach(part -> part.takenBy("concat"));
    this.parts.addAll(parts);
  }

  @Override
  void begins(Run current) {
    run = current;
  }

  @Override
  protected @Nullable T advance() throws Exception {
    for (Stage<? extends T> part = parts.peek(); part != null; part = parts.peek()) {
      if (isOpened(part)) {
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

  /** Puts the parts of a part in its place, if it has any and nobody has asked it. */
  private boolean isOpened(Stage<? extends T> part) {
    if (!(part instanceof Concat<? extends T> inner) || inner.hasBegun()) {
      return false;
    }
    parts.remove(inner);
    while (!inner.parts.isEmpty()) {
      parts.push(inner.parts.pollLast());
    }
    return true;
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
    for (Stage<? extends T> part = parts.peek(); part != null; part = parts.peek()) {
      if (!isOpened(part)) {
        parts.poll();
        part.end(closing);
      }
    }
  }
}
