package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

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
   * <p>In {@link dev.tandem.testing.VirtualTime} this is a wait like others, during which time goes
   * on, and it takes a task of the program to complete the future. One that is completed by
   * somebody else, such as a client's own threads, is for {@link #awaitOutside(CompletableFuture)}.
   *
   * @return its value
   * @throws ExecutionException when it failed, with the failure as cause
   * @throws java.util.concurrent.CancellationException when somebody else cancelled the future
   * @throws dev.tandem.StructureException when it is the future of the caller's own task, or of one
   *     around it
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
    return FutureWait.result(future, latchOf(future), requireNonNull(late, "late"));
  }

  /**
   * Like {@link #await(CompletableFuture)}, for a future that no task of the program completes:
   * virtual time stands still meanwhile. In real time there is no difference.
   */
  public static <T extends @Nullable Object> T awaitOutside(CompletableFuture<T> future)
      throws ExecutionException, InterruptedException {
    return awaitOutside(future, late -> {});
  }

  /**
   * See {@link #awaitOutside(CompletableFuture)} and {@link #await(CompletableFuture, Consumer)}.
   */
  public static <T extends @Nullable Object> T awaitOutside(
      CompletableFuture<T> future, Consumer<? super T> late)
      throws ExecutionException, InterruptedException {
    return FutureWait.resultFromOutside(future, latchOf(future), requireNonNull(late, "late"));
  }

  /**
   * A future that ends as the task does: with its value, with the very exception it failed with, or
   * cancelled. Cancelling the future cancels the task, which may take its time to stop; its group
   * waits for it as ever.
   */
  public static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(
      Task<T> task) {
    requireNonNull(task, "task");
    return TaskCompletableFuture.of(task);
  }

  private static Latch latchOf(CompletableFuture<?> future) {
    requireNonNull(future, "future");
    var done = new Latch(() -> FutureWait.awaited(future));
    var _ = future.whenComplete((value, failure) -> done.open());
    return done;
  }
}
