package dev.tandem;

import dev.tandem.internal.Latch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How a task says that it is ready; Trio's {@code task_status}.
 *
 * @param <V> what it tells those who wait
 */
public final class Ready<V extends @Nullable Object> {

  private record Said<V extends @Nullable Object>(V value) {}

  private final AtomicReference<@Nullable Said<V>> said = new AtomicReference<>();
  private final Latch decided;

  Ready(Latch decided) {
    this.decided = decided;
  }

  /**
   * Says that the task is ready. Whoever started it goes on.
   *
   * @throws IllegalStateException when it has been said before
   */
  public void complete(V value) {
    if (!said.compareAndSet(null, new Said<>(value))) {
      throw new IllegalStateException("the task has said before that it is ready; say it once");
    }
    decided.open();
  }

  boolean isComplete() {
    return said.get() != null;
  }

  V value() {
    Said<V> known = said.get();
    if (known == null) {
      throw new AssertionError("asked for the value of a task that is not ready");
    }
    return known.value();
  }
}
