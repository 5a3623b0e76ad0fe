package dev.tandem.interop;

import com.google.common.util.concurrent.AbstractFuture;
import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.Task;
import org.jspecify.annotations.Nullable;

/** A task as a future of Guava. */
final class TaskFuture<T extends @Nullable Object> extends AbstractFuture<T> {

  private final Task<T> task;

  TaskFuture(Task<T> task) {
    this.task = task;
    task.whenDone(
        outcome -> {
          switch (outcome) {
            case Success<String, T>(var _, var value) -> set(value);
            case Failure<String, T>(var _, var error) -> setException(error);
            case Cancelled<String, T> _ -> cancel(false);
          }
        });
  }

  Task<T> task() {
    return task;
  }

  @Override
  protected void afterDone() {
    if (isCancelled()) {
      task.cancel("its ListenableFuture was cancelled");
    }
  }

  @Override
  protected String pendingToString() {
    return task.toString();
  }
}
