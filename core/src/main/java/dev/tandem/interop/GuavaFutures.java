package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.Task;
import dev.tandem.internal.Latch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Guava's futures as something to wait for, and tasks as futures of Guava. Needs Guava; a module
 * that uses this says {@code requires com.google.common}.
 *
 * <pre>{@code
 * Row row = GuavaFutures.await(session.executeAsync(query));
 * }</pre>
 *
 * @see Futures for those of the JDK
 */
public final class GuavaFutures {

  private GuavaFutures() {}

  /** See {@link Futures#await(java.util.concurrent.CompletableFuture)}. */
  public static <T extends @Nullable Object> T await(ListenableFuture<T> future)
      throws ExecutionException, InterruptedException {
    return await(future, late -> {});
  }

  /** See {@link Futures#await(java.util.concurrent.CompletableFuture, Consumer)}. */
  public static <T extends @Nullable Object> T await(
      ListenableFuture<T> future, Consumer<? super T> late)
      throws ExecutionException, InterruptedException {
    requireNonNull(future, "future");
    requireNonNull(late, "late");
    var done = new Latch(() -> FutureWait.awaited(future));
    future.addListener(done::open, MoreExecutors.directExecutor());
    return FutureWait.result(future, done, late);
  }

  /** See {@link Futures#toCompletableFuture}. */
  public static <T extends @Nullable Object> ListenableFuture<T> toListenableFuture(Task<T> task) {
    return new TaskFuture<>(requireNonNull(task, "task"));
  }
}
