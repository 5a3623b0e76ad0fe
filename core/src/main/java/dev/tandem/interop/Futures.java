package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for the futures of other libraries as for anything else. */
public final class Futures {

  private Futures() {}

  /**
   * Waits for {@code future}. When this wait is cancelled, so is the future.
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
    try {
      done.await(TaskRuntime.NEVER);
    } catch (InterruptedException stopped) {
      future.cancel(true);
      throw stopped;
    }
    return future.get();
  }
}
