package dev.tandem.inspect;

import dev.tandem.Cancellation;
import dev.tandem.TaskState;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.RuntimeObserver;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskEnding;
import dev.tandem.internal.Waiter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells one observer, in its own terms, and keeps the program from what it throws. */
final class Teller implements RuntimeObserver {

  private static final System.Logger LOG = System.getLogger("dev.tandem.inspect");

  private final TaskObserver observer;
  private final Cast cast = new Cast();
  private final Map<Waiter, ObservedWait> waits = new ConcurrentHashMap<>();

  // Threads that are in the observer just now: what they do there is not told.
  private final Set<Thread> telling = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean failed = new AtomicBoolean();

  // Volatile: set by whoever closes, read by all who tell; a wait may end long after that.
  private volatile boolean closed;

  Teller(TaskObserver observer) {
    this.observer = observer;
  }

  @Override
  public void opened(Scope scope, long at) {
    tell(
        () -> {
          if (cast.isOutermost(scope) && !cast.knows(scope.context())) {
            ObservedTask thread = cast.thread(scope);
            observer.taskSpawned(time(at), thread);
            observer.taskStarted(time(at), thread);
          }
          observer.scopeOpened(time(at), cast.scope(scope));
        });
  }

  @Override
  public void closed(Scope scope, long at) {
    tell(
        () -> {
          ObservedScope left = cast.scope(scope);
          cast.forget(scope);
          observer.scopeClosed(time(at), left);
          if (cast.isOutermost(scope) && left.task().group().isEmpty()) {
            cast.forget(scope.context());
            CancelCause cause = scope.ownCause();
            Throwable behind = cause == null ? null : cause.behind();
            TaskState end =
                cause == null
                    ? TaskState.SUCCEEDED
                    : behind == null ? TaskState.CANCELLED : TaskState.FAILED;
            observer.taskEnded(time(at), left.task(), end, Optional.ofNullable(behind));
          }
        });
  }

  @Override
  public void spawned(Fiber task, long at) {
    tell(() -> observer.taskSpawned(time(at), cast.task(task)));
  }

  @Override
  public void started(Fiber task, long at) {
    tell(() -> observer.taskStarted(time(at), cast.task(task)));
  }

  @Override
  public void ended(Fiber task, TaskEnding how, @Nullable Throwable thrown, long at) {
    tell(
        () -> {
          ObservedTask ended = cast.task(task);
          cast.forget(task);
          cast.forget(task.context());
          TaskState end =
              switch (how) {
                case RETURNED -> TaskState.SUCCEEDED;
                case FAILED -> TaskState.FAILED;
                case STOPPED -> TaskState.CANCELLED;
              };
          observer.taskEnded(time(at), ended, end, Optional.ofNullable(thrown));
        });
  }

  @Override
  public void waits(Waiter waiter, long deadline, long at) {
    tell(
        () -> {
          ObservedTask task = cast.task(waiter.context());
          if (task != null) {
            ObservedWait wait = Waits.of(waiter, deadline);
            waits.put(waiter, wait);
            observer.waitBegan(time(at), task, wait);
          }
        });
  }

  @Override
  public void waited(Waiter waiter, long at) {
    tell(
        () -> {
          ObservedTask task = cast.task(waiter.context());
          ObservedWait wait = waits.remove(waiter);
          if (task != null && wait != null) {
            observer.waitEnded(time(at), task, wait, Waits.end(waiter));
          }
        });
  }

  @Override
  public Runnable cancelAsked(Scope scope, CancelCause cause, long at) {
    // Found now: once it is cancelled it may be left, and forgotten, at any time.
    ObservedScope cancelled = cast.scopeOrStranger(scope);
    var why = new Cancellation(cause.reason(), cause.requester(), cause.behind());
    return () -> tell(() -> observer.cancelAsked(time(at), cancelled, why));
  }

  /** Nothing is told any more. */
  void close() {
    closed = true;
  }

  /** How much it keeps in mind; nothing once all that it saw begin has ended. */
  int size() {
    return cast.size() + waits.size() + telling.size();
  }

  private void tell(Runnable news) {
    Thread current = Thread.currentThread();
    if (closed || !telling.add(current)) {
      return;
    }
    boolean interrupted = current.isInterrupted();
    try {
      news.run();
    } catch (Throwable broken) {
      interrupted |= broken instanceof InterruptedException;
      report(broken);
    } finally {
      telling.remove(current);
      if (interrupted) {
        // The interrupt was not the observer's to take.
        current.interrupt();
      }
    }
  }

  private void report(Throwable broken) {
    if (failed.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "an observer failed, and may miss things; further failures of it are not told",
          broken);
    }
  }

  private static Duration time(long nanos) {
    return Duration.ofNanos(nanos);
  }
}
