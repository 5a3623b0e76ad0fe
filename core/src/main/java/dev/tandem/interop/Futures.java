package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.Task;
import dev.tandem.internal.Latch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Futures of the JDK as something to wait for, and tasks as futures for libraries.
 *
 * <pre>{@code
 * String body = Futures.await(client.sendAsync(request, ofString())).body();
 * library.register(Futures.toCompletableFuture(group.start("answer", this::answer)));
 * }</pre>
 *
 * @see GuavaFutures for those of Guava
 */
public final class Futures {

  private Futures() {}

  /**
   * Waits for {@code future}. When this wait is cancelled, so is the future; wait for a {@code
   * copy()} of one that others wait for as well.
   *
   * @return its value
   * @throws ExecutionException when it failed, with the failure as cause
   * @throws java.util.concurrent.CancellationException when somebody else cancelled the future
   * @throws InterruptedException when the wait was cancelled or interrupted
   */
  public static <T extends @Nullable Object> T await(CompletableFuture<T> future)
      throws ExecutionException, InterruptedException {
    return await(future, late -> {});
  }

  /**
   * Like {@link #await(CompletableFuture)}, for a value that must not get lost, such as a
   * connection.
   *
   * @param late given the value when it came too late to be returned, but too early to be cancelled
   */
  public static <T extends @Nullable Object> T await(
      CompletableFuture<T> future, Consumer<? super T> late)
      throws ExecutionException, InterruptedException {
    requireNonNull(future, "future");
    requireNonNull(late, "late");
    var done = new Latch(() -> FutureWait.awaited(future));
    var _ = future.whenComplete((value, failure) -> done.open());
    return FutureWait.result(future, done, late);
  }

  /**
   * A future that ends as the task does: with its value, with the very exception it failed with, or
   * cancelled. Cancelling the future cancels the task, which may take its time to stop; its group
   * waits for it as ever.
   */
  public static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(
      Task<T> task) {
    requireNonNull(task, "task");
    var future = new CompletableFuture<T>();
    var _ =
        future.whenComplete(
            (value, failure) -> {
              if (future.isCancelled()) {
                task.cancel("its CompletableFuture was cancelled");
              }
            });
    task.whenDone(
        outcome -> {
          switch (outcome) {
            case Success<String, T>(var _, var value) -> future.complete(value);
            case Failure<String, T>(var _, var error) -> future.completeExceptionally(error);
            case Cancelled<String, T> _ -> future.cancel(false);
          }
        });
    return future;
  }
}
