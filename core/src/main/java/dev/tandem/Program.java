package dev.tandem;

import dev.tandem.internal.ShutdownGuard;
import org.jspecify.annotations.Nullable;

/** What {@link Tandem#run} adds to a group: the end of the process waits for the cleanup. */
final class Program {

  private Program() {}

  static <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    GroupWork<T, X> guarded = group -> guard(group, body);
    return TaskGroup.run("main", guarded);
  }

  private static <T extends @Nullable Object, X extends Exception> T guard(
      TaskGroup group, GroupWork<T, X> body) throws X, InterruptedException {
    try (var guard = ShutdownGuard.install(() -> group.cancel("the process was asked to end"))) {
      guard.report(() -> group + " is still cleaning up; press Ctrl+C again to end it at once");
      return body.run(group);
    }
  }
}
