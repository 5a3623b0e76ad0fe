package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * Tells those who look at a runtime, and the flight recorder, what happens. Whatever they do, the
 * program goes on as if nobody had looked.
 */
public final class Observing {

  private Observing() {}

  static void opened(Scope scope) {
    RuntimeObserver observer = scope.context.runtime().observer();
    if (observer != null) {
      safely(() -> observer.opened(scope, now(scope)));
    }
  }

  static void closed(Scope scope) {
    RuntimeObserver observer = scope.context.runtime().observer();
    if (observer != null) {
      safely(() -> observer.closed(scope, now(scope)));
    }
  }

  static void spawned(Fiber task) {
    RuntimeObserver observer = task.context.runtime().observer();
    if (observer != null && task.isTask()) {
      safely(() -> observer.spawned(task, now(task)));
    }
  }

  static void ended(Fiber task, TaskEnding how, @Nullable Throwable thrown) {
    RuntimeObserver observer = task.context.runtime().observer();
    if (observer != null && task.isTask()) {
      safely(() -> observer.ended(task, how, thrown, now(task)));
    }
  }

  /**
   * Somebody is about to cancel {@code scope}; returns what is to be told once it is done, for
   * telling takes time, and null when nobody looks.
   */
  static @Nullable Runnable cancelAsked(Scope scope, CancelCause cause) {
    RuntimeObserver observer = scope.context.runtime().observer();
    if (observer == null) {
      return null;
    }
    try {
      Runnable telling = observer.cancelAsked(scope, cause, now(scope));
      return () -> {
        Flight.cancelAsked(scope, cause);
        // On the timers' thread no foreign code may run.
        Errands.run(() -> safely(telling));
      };
    } catch (Throwable broken) {
      return null;
    }
  }

  static void tell(@Nullable Runnable telling) {
    if (telling != null) {
      safely(telling);
    }
  }

  /** Runs the body of a task that is looked at. */
  static void run(Fiber task, Body body) throws Throwable {
    RuntimeObserver observer = task.context.runtime().observer();
    if (observer != null && task.isTask()) {
      run(observer, task, body);
    } else {
      body.run();
    }
  }

  private static void run(RuntimeObserver observer, Fiber task, Body body) throws Throwable {
    TaskEvent recorded = Flight.taskBegins(task);
    safely(() -> observer.started(task, now(task)));
    Throwable thrown = null;
    try {
      body.run();
    } catch (Throwable failure) {
      thrown = failure;
      throw failure;
    } finally {
      Throwable end = thrown;
      safely(
          () -> {
            TaskEnding how = TaskEnding.of(task, end, task.context.wasInterrupted());
            Flight.taskEnds(recorded, task, how, end);
          });
    }
  }

  /** Parks a thread that is looked at. */
  static void park(Context context, Waiter waiter, long deadline) {
    RuntimeObserver observer = context.runtime().observer();
    if (observer == null || !waiter.isWaiting()) {
      parkUnseen(context, waiter, deadline);
      return;
    }
    WaitEvent recorded = Flight.waitBegins();
    // Before the wait is made known: whatever the observer waits for is a wait of its own.
    safely(() -> observer.waits(waiter, deadline, context.runtime().now()));
    try {
      parkUnseen(context, waiter, deadline);
    } finally {
      safely(() -> Flight.waitEnds(recorded, waiter));
      safely(() -> observer.waited(waiter, context.runtime().now()));
    }
  }

  private static void parkUnseen(Context context, Waiter waiter, long deadline) {
    Parking.announce(context, waiter);
    try {
      context.runtime().park(waiter, deadline);
    } finally {
      context.waitsIn(null);
    }
  }

  /** One of several pieces of work of one thread, each of which is a task to those who look. */
  public static final class Piece {

    private final Fiber thread;
    private final @Nullable RuntimeObserver observer;
    private final @Nullable TaskEvent recorded;
    private TaskEnding how = TaskEnding.RETURNED;
    private @Nullable Throwable thrown;

    /** The current thread, which is that of {@code thread}, begins with a piece. */
    public Piece(Fiber thread) {
      this.thread = thread;
      RuntimeObserver found = thread.context.runtime().observer();
      observer = found;
      recorded = Flight.taskBegins(thread);
      if (found != null) {
        safely(() -> found.spawned(thread, now(thread)));
        safely(() -> found.started(thread, now(thread)));
      }
    }

    /** The piece threw, of itself or because it was cancelled. */
    public void threw(Throwable failure, boolean stopped) {
      thrown = failure;
      how = stopped ? TaskEnding.STOPPED : TaskEnding.FAILED;
    }

    /** The piece is over. */
    public void ended() {
      safely(() -> Flight.taskEnds(recorded, thread, how, thrown));
      RuntimeObserver told = observer;
      if (told != null) {
        safely(() -> told.ended(thread, how, thrown, now(thread)));
      }
    }
  }

  /** What a task does. */
  @FunctionalInterface
  interface Body {
    void run() throws Throwable;
  }

  private static long now(Scope scope) {
    return scope.context.runtime().now();
  }

  static void safely(Runnable telling) {
    try {
      telling.run();
    } catch (Throwable broken) {
      // Observers tell of their failures themselves; this may be a lack of stack or of memory.
      Thread.onSpinWait();
    }
  }
}
