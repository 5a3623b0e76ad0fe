package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Task}: the fiber that runs it. */
final class GroupTask<T extends @Nullable Object> extends Fiber implements Task<T> {

  private final TaskGroup owner;
  private final String name;
  private final boolean background;
  private final Work<T, ?> work;
  private final Latch ended = new Latch();
  private final @Nullable Latch decided;

  private @Nullable Outcome<String, T> returned;

  // Volatile: read by handles on any thread; set once, before the latch opens.
  private volatile @Nullable Outcome<String, T> outcome;

  /**
   * A task that has not been started.
   *
   * @param decided opened when the task ends, even if it never ran
   */
  GroupTask(
      TaskGroup owner, String name, boolean daemon, Work<T, ?> work, @Nullable Latch decided) {
    super(owner.scope(), daemon);
    this.owner = owner;
    this.name = name;
    this.background = daemon;
    this.work = work;
    this.decided = decided;
    nameThread(path());
  }

  @Override
  public String label() {
    return name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public T await() throws InterruptedException {
    ended.await(TaskRuntime.NEVER);
    return switch (known()) {
      case Success(var _, var value) -> value;
      case Failure(var _, var error) -> {
        // Both may be true at once; then the awaiter's own cancellation is the news.
        Tandem.checkpoint();
        throw new TaskFailedException(path(), error);
      }
      case Cancelled(var _, var why) -> {
        Tandem.checkpoint();
        throw new TaskCancelledException(path(), why);
      }
    };
  }

  @Override
  public Optional<Outcome<String, T>> await(Duration atMost) throws InterruptedException {
    long nanos = Durations.positive(atMost, "atMost");
    ended.await(Durations.after(Context.currentRuntime().now(), nanos));
    return outcome();
  }

  @Override
  public Optional<Outcome<String, T>> outcome() {
    return Optional.ofNullable(outcome);
  }

  @Override
  public boolean cancel(String reason) {
    requireNonNull(reason, "reason");
    return outcome == null && cancel(new StopCause(StopCause.Kind.REQUEST, reason, null));
  }

  @Override
  public TaskState state() {
    return switch (outcome) {
      case null -> ownCause() == null ? TaskState.RUNNING : TaskState.CANCELLING;
      case Success<String, T> _ -> TaskState.SUCCEEDED;
      case Failure<String, T> _ -> TaskState.FAILED;
      case Cancelled<String, T> _ -> TaskState.CANCELLED;
    };
  }

  @Override
  public String toString() {
    return path() + " (" + state() + ")";
  }

  @Override
  protected void body() throws Throwable {
    returned = new Success<>(name, work.run());
  }

  @Override
  protected void over(@Nullable Throwable thrown, boolean interruptSent) {
    Outcome<String, T> result = thrown == null ? returned : judge(thrown, interruptSent);
    outcome = result;
    ended.open();
    if (decided != null) {
      decided.open();
    }
  }

  private Outcome<String, T> judge(Throwable thrown, boolean interruptSent) {
    CancelCause cause = ownCause();
    if (cause == null || !Endings.acknowledges(thrown, true, interruptSent, context())) {
      owner.childFailed(path(), thrown);
      return new Failure<>(name, thrown);
    }
    owner.childCancelled(path(), cause, thrown, background);
    return new Cancelled<>(name, StopCause.cancellation(cause));
  }

  private Outcome<String, T> known() {
    Outcome<String, T> result = outcome;
    if (result == null) {
      throw new AssertionError("the task ended without an outcome");
    }
    return result;
  }
}
