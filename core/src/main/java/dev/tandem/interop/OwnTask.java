package dev.tandem.interop;

import dev.tandem.Task;
import dev.tandem.internal.Backstage;
import dev.tandem.internal.Context;
import dev.tandem.internal.Scope;
import java.util.concurrent.Future;

/** The wait that would never end: of a task for the future of itself. */
final class OwnTask {

  private OwnTask() {}

  /** Throws if {@code future} is of a task that the current thread works inside. */
  static void refuse(Future<?> future) {
    switch (future) {
      case TaskCompletableFuture<?> ofJdk -> refuse(ofJdk.task());
      case TaskFuture<?> ofGuava -> refuse(ofGuava.task());
      default -> {}
    }
  }

  private static void refuse(Task<?> task) {
    Scope here = Context.currentScope();
    if (here != null && (Object) task instanceof Scope scope && here.isInside(scope)) {
      throw Backstage.get()
          .misuse(
              scope.path()
                  + " was to be awaited from inside itself, by '"
                  + here.path()
                  + "', through a future of it, and would never end;"
                  + " return the value, or await it from outside the task");
    }
  }
}
