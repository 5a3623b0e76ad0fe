package dev.tandem.io;

import dev.tandem.Tandem;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One task at a time; a second one is refused, for it would get pieces of what the first wants. */
final class Turn {

  private final AtomicReference<@Nullable String> holder = new AtomicReference<>();

  /**
   * Begins.
   *
   * @throws IllegalStateException when somebody has begun and not ended
   */
  void begin(Object stream) {
    String path = Tandem.currentPath();
    String self = path.isEmpty() ? "thread " + Thread.currentThread().getName() : path;
    String other = holder.compareAndExchange(null, self);
    if (other != null) {
      throw new IllegalStateException(
          self + " was to read from " + stream + ", but " + other
              + " is reading already; let one task read, and hand on what it got");
    }
  }

  void end() {
    holder.set(null);
  }
}
