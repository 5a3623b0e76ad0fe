package dev.tandem;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child of a {@link TaskGroup}: asyncio's task. It never outlives its group, so a handle that
 * escapes always completes. Handles may be used from any thread.
 *
 * @param <T> what the task returns
 */
public sealed interface Task<T extends @Nullable Object> permits GroupTask {

  /**
   * Waits for the task to end. Everything the task did happens-before this returns.
   *
   * @return what the task returned
   * @throws TaskFailedException when it failed, with the failure as cause
   * @throws TaskCancelledException when it was cancelled
   * @throws CancelledException when the caller's own scope is cancelled
   * @throws InterruptedException when the caller is interrupted from outside
   */
  T await() throws InterruptedException;

  /**
   * Waits for the task to end, but not longer than {@code atMost}. The task goes on.
   *
   * @return its outcome; empty when it had not ended in time
   * @throws CancelledException when the caller's own scope is cancelled
   * @throws InterruptedException when the caller is interrupted from outside
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   */
  Optional<Outcome<String, T>> await(Duration atMost) throws InterruptedException;

  /** How the task ended; empty while it has not. */
  Optional<Outcome<String, T>> outcome();

  /**
   * Has {@code callback} told of the outcome; asyncio's {@code add_done_callback}. It is called
   * once, by the thread of the task as the last thing before its group learns of the end, or at
   * once if the task has ended. It should be quick and not wait; what it throws is logged and
   * changes nothing.
   */
  void whenDone(Consumer<? super Outcome<String, T>> callback);

  /**
   * Asks the task to stop. It learns of it in its current wait or the next one. Its siblings go on:
   * a cancelled task is no failure.
   *
   * @param reason in words, for whoever sees the cancellation
   * @return false when the task had ended or been cancelled before; the first reason stays
   */
  boolean cancel(String reason);

  /** The name given at start, or one made up from a number. */
  String name();

  /** The names from the root to here, joined with slashes. */
  String path();

  /** What the task is doing. */
  TaskState state();
}
