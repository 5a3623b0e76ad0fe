package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Waits for the futures of other libraries as for anything else. */
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
    requireNonNull(future, "future");
    var done = new Latch();
    var _ = future.whenComplete((value, failure) -> done.open());
    return result(future, done);
  }

  /**
   * Waits for a future of Guava, in the same way.
   *
   * @return its value
   * @throws ExecutionException when it failed, with the failure as cause
   * @throws java.util.concurrent.CancellationException when somebody else cancelled the future
   * @throws InterruptedException when the wait was cancelled or interrupted
   */
  public static <T extends @Nullable Object> T await(ListenableFuture<T> future)
      throws ExecutionException, InterruptedException {
    requireNonNull(future, "future");
    var done = new Latch();
    future.addListener(done::open, MoreExecutors.directExecutor());
    return result(future, done);
  }

  private static <T extends @Nullable Object> T result(Future<T> future, Latch done)
      throws ExecutionException, InterruptedException {
    try {
      done.await(TaskRuntime.NEVER);
    } catch (InterruptedException stopped) {
      future.cancel(true);
      throw stopped;
    }
    return future.get();
  }
}
