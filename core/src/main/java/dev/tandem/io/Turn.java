package dev.tandem.io;

import dev.tandem.internal.Words;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One reader at a time: a second one would get pieces of what the first one wants. */
final class Turn {

  private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();

  /**
   * Begins.
   *
   * @throws IllegalStateException when somebody has begun and not ended
   */
  void begin(Object stream) {
    Thread other = holder.compareAndExchange(null, Thread.currentThread());
    if (other != null) {
      throw new IllegalStateException(
          stream
              + " is being read already, by "
              + Words.where(other)
              + "; let one task read, and hand on what it got");
    }
  }

  void end() {
    holder.set(null);
  }
}
