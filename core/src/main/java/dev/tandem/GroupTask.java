package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Latch;
import dev.tandem.internal.Moments;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Task}: the fiber that runs it. */
final class GroupTask<T extends @Nullable Object> extends Fiber implements Task<T> {

  private static final System.Logger LOG = System.getLogger(Task.class.getName());
  private static final VarHandle WATCHED;

  static {
    try {
      WATCHED = MethodHandles.lookup().findVarHandle(GroupTask.class, "watched", Watched.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** In place of a result that is null. */
  private static final Object NULL = new Object();

  /** The end of a task whose failure could not be told, for want of memory or because of it. */
  private static final Failed UNTOLD =
      new Failed(new IllegalStateException("the task failed, and why could not be told"));

  private final @Nullable String name;
  private final int number;
  private final @Nullable Ready<?> ready;

  /*
   * First a Work or an Action, then NULL, for a handle keeps no code alive, then what that returned.
   * Once the task is over its result, NULL, a Failed or a Stopped. There are many tasks, and few are
   * asked for their outcomes, which are made then.
   */
  private Object content;

  // Volatile: set once, after the content, before a latch opens; read by handles on any thread.
  private volatile boolean over;

  /*
   * Made by the first who waits; most tasks are awaited by nobody but their group. Volatile: who
   * waits publishes the latch and then reads whether the task is over, the task publishes that it
   * is and then reads the latch, so one of them sees the other.
   */
  private volatile @Nullable Watched watched;

  /**
   * A task that has not been started.
   *
   * @param name null for one that is called by its number
   * @param code a {@link Work} or an {@link Action}
   * @param alwaysRuns whether it runs even if it is cancelled before it begins
   * @param ready told when the task ends, even if it never ran
   */
  GroupTask(
      TaskGroup owner,
      @Nullable String name,
      int number,
      boolean daemon,
      boolean alwaysRuns,
      Object code,
      @Nullable Ready<?> ready) {
    super(owner.scope(), daemon, alwaysRuns);
    this.name = name;
    this.number = number;
    content = code;
    this.ready = ready;
    if (name != null || Moments.areKept()) {
      nameThread(path());
    }
  }

  /** What every handle is. */
  static GroupTask<?> of(Task<?> handle) {
    return switch (handle) {
      case GroupTask<?> task -> task;
    };
  }

  @Override
  public String label() {
    return name == null ? "task-" + number : name;
  }

  @Override
  public String name() {
    return label();
  }

  @Override
  public T await() throws InterruptedException {
    awaitEnd(TaskRuntime.NEVER);
    return switch (content) {
      case Failed(var error) -> {
        // Both may be true at once; then the awaiter's own cancellation is the news.
        Tandem.checkpoint();
        throw new TaskFailedException(path(), error, ready == null ? owner().failures() : null);
      }
      case Stopped(var why) -> {
        Tandem.checkpoint();
        throw new TaskCancelledException(path(), why);
      }
      default -> value();
    };
  }

  @Override
  public Optional<Outcome<String, T>> await(Duration atMost) throws InterruptedException {
    long nanos = Durations.positive(atMost, "atMost");
    awaitEnd(Durations.after(Context.currentRuntime().now(), nanos));
    return outcome();
  }

  @Override
  public Optional<Outcome<String, T>> outcome() {
    return isOver() ? Optional.of(known()) : Optional.empty();
  }

  @Override
  public void whenDone(Consumer<? super Outcome<String, T>> callback) {
    requireNonNull(callback, "callback");
    var listener =
        new Latch.Listener() {
          @Override
          protected void opened() {
            tell(callback);
          }
        };
    if (isOver() || !willTell(listener)) {
      tell(callback);
    }
  }

  @Override
  public boolean cancel(String reason) {
    requireNonNull(reason, "reason");
    return !isOver() && cancel(new StopCause(StopCause.Kind.REQUEST, reason, null));
  }

  @Override
  public TaskState state() {
    if (!over) {
      return ownCause() == null ? TaskState.RUNNING : TaskState.CANCELLING;
    }
    return switch (content) {
      case Failed _ -> TaskState.FAILED;
      case Stopped _ -> TaskState.CANCELLED;
      default -> TaskState.SUCCEEDED;
    };
  }

  @Override
  public String toString() {
    return path() + " (" + state() + ")";
  }

  @Override
  protected void body() throws Throwable {
    Object code = content;
    content = NULL;
    if (code instanceof Action<?> action) {
      action.run();
    } else {
      Object returned = ((Work<?, ?>) code).run();
      content = returned == null ? NULL : returned;
    }
  }

  @Override
  protected void over(@Nullable Throwable thrown, boolean interruptSent) {
    try {
      if (thrown != null) {
        content = UNTOLD;
        content = judgeInAnyCase(thrown, interruptSent);
      }
    } finally {
      over = true;
      tellCallbacks();
    }
  }

  private void tellCallbacks() {
    Watched latches = watched;
    Latch callbacks = latches == null ? null : latches.told;
    if (callbacks != null) {
      callbacks.open();
    }
  }

  @Override
  protected void afterEnd() {
    Watched ended = watched;
    if (ended != null) {
      ended.open();
    }
    if (ready != null) {
      ready.taskEnded();
    }
  }

  /** Throws if the current thread works inside one of {@code tasks}, which could never end. */
  static void refuseToBeAwaitedFromInside(Set<? extends Task<?>> tasks) {
    for (Scope scope = Context.currentScope(); scope != null; scope = scope.parent()) {
      if (scope instanceof GroupTask<?> task && tasks.contains(task)) {
        task.refuseToBeAwaitedFromInside();
      }
    }
  }

  /** Throws if the current thread works inside this task, which could then never end. */
  void refuseToBeAwaitedFromInside() {
    Scope here = Context.currentScope();
    if (here != null && here.isInside(this)) {
      throw new StructureException(
          path()
              + " was to be awaited from inside itself, by '"
              + here.path()
              + "', and would never end; return the value, or await it from outside the task");
    }
  }

  /** Has {@code listener} told when the task has ended; false, and not told, when it has. */
  boolean whenEnded(Latch.Listener listener) {
    return !isOver() && watched().add(listener);
  }

  /** Forgets a listener given to {@link #whenEnded}. */
  void forget(Latch.Listener listener) {
    watched().remove(listener);
  }

  private void awaitEnd(long deadline) throws InterruptedException {
    if (!isOver()) {
      refuseToBeAwaitedFromInside();
      watched().await(deadline);
    } else {
      Parking.checkpoint();
    }
  }

  /** What opens when the task has ended, made if need be. */
  private Watched watched() {
    Watched found = watched;
    if (found == null) {
      var fresh = new Watched(this::awaited);
      found = (Watched) WATCHED.compareAndExchange(this, null, fresh);
      found = found == null ? fresh : found;
      if (isOver()) {
        found.open();
      }
    }
    return found;
  }

  /** Whether the task tells {@code listener} when it is over; false if it may have been before. */
  private boolean willTell(Latch.Listener listener) {
    Watched latches = watched();
    Latch told = latches.told;
    if (told == null) {
      var fresh = new Latch(this::awaited);
      told = (Latch) Watched.TOLD.compareAndExchange(latches, null, fresh);
      told = told == null ? fresh : told;
    }
    // The task may have looked for the latch before there was one; then nobody opens it.
    return told.add(listener) && !(isOver() && told.remove(listener));
  }

  private Awaited awaited() {
    return Awaited.endOf(this);
  }

  /** Exceptions are foreign code too, and a task must end whatever they do. */
  private Object judgeInAnyCase(Throwable thrown, boolean interruptSent) {
    try {
      return judge(thrown, interruptSent);
    } catch (Throwable failure) {
      owner().childFailed(label(), failure);
      return new Failed(failure);
    }
  }

  private Object judge(Throwable thrown, boolean interruptSent) {
    CancelCause cause = ownCause();
    if (cause == null || !Endings.acknowledges(thrown, true, interruptSent, context())) {
      if (ready == null || !ready.takesFailure(thrown)) {
        owner().childFailed(path(), thrown);
      }
      return new Failed(thrown);
    }
    owner().childCancelled(this, cause, thrown);
    return new Stopped(StopCause.cancellation(cause));
  }

  private TaskGroup owner() {
    return TaskGroup.of(group());
  }

  private void tell(Consumer<? super Outcome<String, T>> callback) {
    try {
      callback.accept(known());
    } catch (Throwable failure) {
      // It is not the task that failed, nor anybody who could be told but by the log.
      log(failure);
    }
  }

  private void log(Throwable failure) {
    try {
      LOG.log(Level.WARNING, "a callback of " + path() + " failed", failure);
    } catch (RuntimeException | Error ofTheLog) {
      // Callbacks come after this one, and somebody waits for the task.
      Thread.yield();
    }
  }

  private boolean isOver() {
    return over;
  }

  private Outcome<String, T> known() {
    return switch (content) {
      case Failed(var error) -> new Failure<>(label(), error);
      case Stopped(var why) -> new Cancelled<>(label(), why);
      default -> new Success<>(label(), value());
    };
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what the code returned is a T, null included
  private T value() {
    return (T) (content == NULL ? null : content);
  }

  /** Opens when the task has ended; callbacks are told before the group learns of it. */
  private static final class Watched extends Latch {
    private static final VarHandle TOLD;

    static {
      try {
        TOLD = MethodHandles.lookup().findVarHandle(Watched.class, "told", Latch.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private volatile @Nullable Latch told;

    Watched(Awaited.Source source) {
      super(source);
    }
  }

  private record Failed(Throwable error) {}

  private record Stopped(Cancellation why) {}
}
