package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.ShutdownGuard;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What {@link Tandem#run} adds to a group: the end of the process waits for the cleanup. */
final class Program {

  private Program() {}

  static <T extends @Nullable Object, X extends Exception> T run(
      GroupWork<T, X> body, boolean endsQuietly) throws X, InterruptedException {
    requireNonNull(body, "body");
    var installed = new AtomicReference<@Nullable ShutdownGuard>();
    GroupWork<T, X> guarded =
        group -> {
          installed.set(guard(group));
          return body.run(group);
        };
    try {
      return TaskGroup.open(TaskGroup.settings().name("main"), guarded, endsQuietly);
    } finally {
      // Not before: tasks and resources may have to clean up after the body is done.
      ShutdownGuard guard = installed.get();
      if (guard != null) {
        guard.close();
      }
    }
  }

  private static ShutdownGuard guard(TaskGroup group) {
    return ShutdownGuard.install(
        group.scope(), () -> group.cancel("the process was asked to end"), group::dump);
  }
}
