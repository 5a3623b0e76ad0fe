package dev.tandem;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How a task says that it is ready; Trio's {@code task_status}.
 *
 * @param <V> what it tells those who wait
 */
public final class Ready<V extends @Nullable Object> {

  /*
   * One compare-and-set decides what becomes of a start: the task says that it is ready; or it
   * fails before, and then the failure belongs to the one who waits; or that one gives up, and then
   * a failure of the task is the group's like any other.
   */

  private sealed interface End<V extends @Nullable Object> {}

  private record Said<V extends @Nullable Object>(V value) implements End<V> {}

  private record Failed<V extends @Nullable Object>(Throwable failure) implements End<V> {}

  private record GivenUp<V extends @Nullable Object>() implements End<V> {}

  private final AtomicReference<@Nullable End<V>> end = new AtomicReference<>();
  private final Latch decided;

  /**
   * For a task that has not said anything.
   *
   * @param task its name
   */
  Ready(String task) {
    decided = new Latch(() -> Awaited.of("start").named(task).in("not ready yet"));
  }

  /**
   * Says that the task is ready. Whoever started it goes on.
   *
   * @throws IllegalStateException when it has been said before
   */
  public void complete(V value) {
    if (end.compareAndExchange(null, new Said<>(value)) instanceof Said) {
      throw new IllegalStateException("the task has said before that it is ready; say it once");
    }
    decided.open();
  }

  /** Waits until the task is ready or has ended. */
  void await() throws InterruptedException {
    decided.await(TaskRuntime.NEVER);
  }

  /** The task has failed; true when that is told by whoever waits for it to be ready. */
  boolean takesFailure(Throwable failure) {
    return end.compareAndSet(null, new Failed<>(failure));
  }

  /** The task has ended, ready or not. */
  void taskEnded() {
    decided.open();
  }

  /** Nobody waits any more; returns the failure that was left to whoever did. */
  @Nullable Throwable giveUp() {
    return end.compareAndExchange(null, new GivenUp<>()) instanceof Failed<V>(var failure)
        ? failure
        : null;
  }

  boolean isComplete() {
    return end.get() instanceof Said;
  }

  V value() {
    if (end.get() instanceof Said<V>(var value)) {
      return value;
    }
    throw new AssertionError("asked for the value of a task that is not ready");
  }
}
