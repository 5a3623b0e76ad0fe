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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Task}: the fiber that runs it. */
final class GroupTask<T extends @Nullable Object> extends Fiber implements Task<T> {

  private static final System.Logger LOG = System.getLogger(Task.class.getName());
  private static final VarHandle ENDED;
  private static final VarHandle TOLD;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ENDED = lookup.findVarHandle(GroupTask.class, "ended", Latch.class);
      TOLD = lookup.findVarHandle(GroupTask.class, "told", Latch.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** In place of a result that is null. */
  private static final Object NULL = new Object();

  private final @Nullable String name;
  private final int number;
  private final @Nullable Ready<?> ready;

  // A Work or an Action; once that has run, what it returned. A handle keeps no code alive.
  private @Nullable Object code;

  /*
   * The result, NULL, a Failed or a Stopped; null while there is none. There are many tasks, and
   * few are asked for their outcomes, which are made then. Volatile: read by handles on any thread;
   * set once, before the latch opens.
   */
  private volatile @Nullable Object end;

  /*
   * Made by the first who waits; most tasks are awaited by nobody but their group. Volatile: who
   * waits publishes the latch and then reads the outcome, the task publishes its outcome and then
   * reads the latch, so one of them sees the other.
   */
  private volatile @Nullable Latch ended;

  // The same, for callbacks, which are told before the group learns of the end.
  private volatile @Nullable Latch told;

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
    this.code = code;
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
    return switch (end) {
      case Failed(var error) -> {
        // Both may be true at once; then the awaiter's own cancellation is the news.
        Tandem.checkpoint();
        throw new TaskFailedException(path(), error, ready == null ? owner().failures() : null);
      }
      case Stopped(var why) -> {
        Tandem.checkpoint();
        throw new TaskCancelledException(path(), why);
      }
      case null -> throw new AssertionError("the task ended without an outcome");
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
    if (isOver() || !latch(TOLD).add(listener)) {
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
    return switch (end) {
      case null -> ownCause() == null ? TaskState.RUNNING : TaskState.CANCELLING;
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
    if (code instanceof Action<?> action) {
      code = null;
      action.run();
    } else {
      Work<?, ?> work = (Work<?, ?>) requireNonNull(code);
      code = null;
      code = work.run();
    }
  }

  @Override
  protected void over(@Nullable Throwable thrown, boolean interruptSent) {
    Object returned = code == null ? NULL : code;
    code = null;
    end = thrown == null ? returned : judgeInAnyCase(thrown, interruptSent);
    Latch callbacks = told;
    if (callbacks != null) {
      callbacks.open();
    }
  }

  @Override
  protected void afterEnd() {
    Latch awaited = ended;
    if (awaited != null) {
      awaited.open();
    }
    if (ready != null) {
      ready.taskEnded();
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
    return !isOver() && latch(ENDED).add(listener);
  }

  /** Forgets a listener given to {@link #whenEnded}. */
  void forget(Latch.Listener listener) {
    latch(ENDED).remove(listener);
  }

  private void awaitEnd(long deadline) throws InterruptedException {
    if (!isOver()) {
      refuseToBeAwaitedFromInside();
      latch(ENDED).await(deadline);
    } else {
      Parking.checkpoint();
    }
  }

  /** The latch in one of the two fields, made if need be. */
  private Latch latch(VarHandle field) {
    Latch latch = (Latch) field.getVolatile(this);
    if (latch == null) {
      var fresh = new Latch(this::awaited);
      latch = (Latch) field.compareAndExchange(this, null, fresh);
      latch = latch == null ? fresh : latch;
      if (isOver()) {
        latch.open();
      }
    }
    return latch;
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
      LOG.log(Level.WARNING, "a callback of " + path() + " failed", failure);
    }
  }

  private boolean isOver() {
    return end != null;
  }

  private Outcome<String, T> known() {
    return switch (end) {
      case null -> throw new AssertionError("the task ended without an outcome");
      case Failed(var error) -> new Failure<>(label(), error);
      case Stopped(var why) -> new Cancelled<>(label(), why);
      default -> new Success<>(label(), value());
    };
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what the code returned is a T, null included
  private T value() {
    Object value = end;
    return (T) (value == NULL ? null : value);
  }

  private record Failed(Throwable error) {}

  private record Stopped(Cancellation why) {}
}
