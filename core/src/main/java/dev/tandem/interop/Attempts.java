package dev.tandem.interop;

import dev.tandem.Tandem;
import dev.tandem.Work;
import dev.tandem.internal.Backstage;
import dev.tandem.internal.Context;
import dev.tandem.internal.Latch;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The attempts of one call, and what failed in those that were cut short. */
final class Attempts<T> {

  private static final System.Logger LOG = System.getLogger(Policies.class.getName());

  private final Work<? extends T, ?> body;

  // Failsafe takes no interest in how an attempt ends that it has given up.
  private final Queue<Throwable> behind = new ConcurrentLinkedQueue<>();

  // Volatile: written by whoever completes Failsafe's future, read by the one who waits.
  private volatile @Nullable Attempted<T> end;

  Attempts(Work<? extends T, ?> body) {
    this.body = body;
  }

  /** How the last attempt ended; kept apart so that the group is over before anything is thrown. */
  record Attempted<T>(@Nullable T result, @Nullable Throwable failure) {
    @SuppressWarnings("NullAway") // without a failure the result is what the body returned
    T value() {
      return result;
    }
  }

  /** One attempt, in its task. */
  T attempt() throws Exception {
    try {
      return body.run();
    } catch (Throwable failure) {
      Scope task = Context.currentScope();
      if (task != null && task.effectiveCause() != null) {
        behind.addAll(Backstage.get().behind(Tandem.currentPath(), failure));
      }
      throw failure;
    }
  }

  Attempted<T> await(CompletableFuture<T> result) throws InterruptedException {
    var done = new Latch();
    // The future's own methods would take a CompletionException of the body for one of theirs.
    var _ =
        result.whenComplete(
            (value, failure) -> {
              end = new Attempted<>(value, failure);
              done.open();
            });
    try {
      done.await(TaskRuntime.NEVER);
    } catch (InterruptedException stopped) {
      if (!result.cancel(true) && result.isCompletedExceptionally()) {
        behind.add(result.exceptionNow());
      }
      throw stopped;
    }
    Attempted<T> last = end;
    if (last == null) {
      throw new AssertionError("the attempts ended without an outcome");
    }
    return last;
  }

  /** Adds what is told by nobody else to {@code thrown}, which is. */
  void attachTo(Throwable thrown) {
    for (Throwable failure : behind) {
      if (failure != thrown && !List.of(thrown.getSuppressed()).contains(failure)) {
        thrown.addSuppressed(failure);
      }
    }
  }

  /** The call went well; tells the log of what did not. */
  void log() {
    for (Throwable failure : behind) {
      LOG.log(Level.WARNING, "an attempt that a policy had given up failed", failure);
    }
  }
}
