package dev.tandem.interop;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.Task;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task as a future of the JDK. */
final class TaskCompletableFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  private final Task<T> task;

  private TaskCompletableFuture(Task<T> task) {
    this.task = task;
  }

  static <T extends @Nullable Object> CompletableFuture<T> of(Task<T> task) {
    var future = new TaskCompletableFuture<T>(task);
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

  Task<T> task() {
    return task;
  }
}
