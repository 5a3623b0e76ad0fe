package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.StopCause.Kind;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Group;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TreeText;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A group of tasks none of which outlives it: asyncio's TaskGroup, Trio's nursery.
 *
 * <pre>{@code
 * Dashboard dashboard = TaskGroup.run(group -> {
 *   Task<Endpoints> endpoints = group.start("endpoints", ise::endpoints);
 *   Task<Policies> policies = group.start("policies", ise::policies);
 *   return new Dashboard(endpoints.await(), policies.await());
 * });
 * }</pre>
 *
 * <p>{@code run} returns or throws after every child has ended. The body runs on the caller's
 * thread; each child on a virtual thread of its own. The first failure, of the body or of a child,
 * cancels all the others.
 *
 * <p>Children may be started from any thread of the group's tree, until the group has ended.
 */
public final class TaskGroup {

  private final Group scope;
  private final boolean collecting;
  private final Failures failures = new Failures();
  private final Resources resources = new Resources();
  private final AtomicInteger numbers = new AtomicInteger();

  // Volatile: set by children, read by the body's thread after they have ended.
  private volatile @Nullable CancelCause cancelledFromAround;

  private TaskGroup(GroupSettings settings, Context context) {
    scope = new Children(settings, context, this);
    collecting = settings.collecting;
  }

  /** For a group that shall behave otherwise than by {@link #run(GroupWork)}. */
  public static GroupSettings settings() {
    return GroupSettings.DEFAULT;
  }

  /**
   * Runs {@code body} and every child that is started in the group.
   *
   * @return what the body returned
   * @throws X as the body threw it; failures of children are its suppressed exceptions
   * @throws TaskGroupException when a child failed
   * @throws CancelledException when the group or a scope around it was cancelled; failures of
   *     children during the cancellation are its suppressed exceptions
   * @throws InterruptedException when the caller's thread was interrupted from outside
   */
  public static <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    return settings().run(body);
  }

  /** Like {@link #run(GroupWork)}, for a body that returns nothing. */
  public static <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    settings().run(body);
  }

  /** Like {@link #run(GroupWork)}; the name becomes part of the paths of what runs inside. */
  public static <T extends @Nullable Object, X extends Exception> T run(
      String name, GroupWork<T, X> body) throws X, InterruptedException {
    return settings().name(name).run(body);
  }

  /** Like {@link #run(String, GroupWork)}, for a body that returns nothing. */
  public static <X extends Exception> void run(String name, GroupAction<X> body)
      throws X, InterruptedException {
    settings().name(name).run(body);
  }

  /**
   * Like {@link #run(GroupAction)}, but a child that fails leaves the others alone. When all have
   * ended, the failures are thrown together. A body that fails still cancels the children.
   *
   * @throws TaskGroupException when children failed, with all of their failures
   */
  public static <X extends Exception> void collect(GroupAction<X> body)
      throws X, InterruptedException {
    settings().collectFailures().run(body);
  }

  /**
   * Gives a resource to the group, which closes it after its tasks have ended, the last one given
   * first, whatever happened. The close is shielded from cancellation; its failure is a failure of
   * the group.
   *
   * @return the resource
   * @throws GroupEndedException when the group has ended; then the resource is the caller's to
   *     close
   */
  public <C extends AutoCloseable> C own(C resource) {
    requireNonNull(resource, "resource");
    if (scope.isClosed() || !resources.add(resource)) {
      throw new GroupEndedException(describe());
    }
    return resource;
  }

  /**
   * Starts a task and waits until it says that it is ready; Trio's {@code nursery.start}. The task
   * goes on, as a background task.
   *
   * @return what the task said
   * @throws TaskFailedException when the task failed before it was ready; that is no failure of the
   *     group, and the caller may try something else
   * @throws TaskCancelledException when the task was cancelled before it was ready
   * @throws IllegalStateException when the task returned without having been ready
   * @throws CancelledException when the caller's own scope is cancelled; then the task is cancelled
   *     too
   */
  public <V extends @Nullable Object> V startUntilReady(
      String name, ReadyWork<V, ? extends Exception> work) throws InterruptedException {
    requireNonNull(name, "name");
    requireNonNull(work, "work");
    var ready = new Ready<V>(name);
    Action<? extends Exception> telling = () -> work.run(ready);
    Task<@Nullable Void> task = launch(name, telling, true, ready);
    try {
      ready.await();
    } catch (InterruptedException stopped) {
      // Nobody will know what the task says, so it did not start.
      Throwable failure = ready.giveUp();
      if (failure != null) {
        childFailed(task.path(), failure);
      }
      task.cancel("whoever started it was stopped");
      throw stopped;
    }
    if (!ready.isComplete()) {
      task.await();
      throw new IllegalStateException(
          task.path() + " returned without having said that it is ready");
    }
    return ready.value();
  }

  /**
   * Starts a task. In a group that is being cancelled the task ends at once, cancelled.
   *
   * @param name what it is called in paths, messages and thread dumps
   * @throws GroupEndedException when the group has ended
   * @throws StructureException when the caller is not inside the group
   */
  public <T extends @Nullable Object> Task<T> start(
      String name, Work<T, ? extends Exception> work) {
    return launch(requireNonNull(name, "name"), work, false, null);
  }

  /** Like {@link #start(String, Work)}, for work that returns nothing. */
  public Task<@Nullable Void> start(String name, Action<? extends Exception> work) {
    return launch(requireNonNull(name, "name"), work, false, null);
  }

  /** Like {@link #start(String, Work)}, with a number for a name. */
  public <T extends @Nullable Object> Task<T> start(Work<T, ? extends Exception> work) {
    return launch(null, work, false, null);
  }

  /** Like {@link #start(Work)}, for work that returns nothing. */
  public Task<@Nullable Void> start(Action<? extends Exception> work) {
    return launch(null, work, false, null);
  }

  /**
   * Starts a background task, which is cancelled when the body and all other tasks are done. Its
   * failure is a failure of the group like any other. In a group that is being cancelled it never
   * runs, so what is handed to it must be closed by somebody else as well.
   *
   * @throws GroupEndedException when the group has ended
   * @throws StructureException when the caller is not inside the group
   */
  public Task<@Nullable Void> startDaemon(String name, Action<? extends Exception> work) {
    return launch(requireNonNull(name, "name"), work, true, null);
  }

  /**
   * Cancels the body and every child. A body that returns nothing then ends normally; one that
   * returns a value and had not done so ends in {@link CancelledException}.
   *
   * @param reason in words, for whoever sees the cancellation
   * @return false when the group had ended, or been cancelled before; the first reason stays
   */
  public boolean cancel(String reason) {
    requireNonNull(reason, "reason");
    return !scope.isClosed() && scope.cancel(new StopCause(Kind.REQUEST, reason, null));
  }

  /** The names from the root to this group, joined with slashes. */
  public String path() {
    return scope.path();
  }

  /**
   * The tree of what runs in the group, as lines of text: each task with what it does, the
   * deadlines it is under and who set them, and why it was cancelled. For people; a snapshot of
   * moving things.
   */
  public String dump() {
    return TreeText.of(scope, describe() + ", " + scope.size() + " running");
  }

  /**
   * The group as an executor, for libraries that want one: what it is given runs as a task of the
   * group. Unlike {@link #start}, it may be used from any thread while the group lasts.
   *
   * <p>What was accepted runs, even if the group is cancelled before it begins; then it begins
   * interrupted. What it throws is a failure of the group. When the group has ended or is being
   * cancelled, {@code execute} throws {@link RejectedExecutionException}.
   */
  public Executor executor() {
    return this::execute;
  }

  @Override
  public String toString() {
    return describe() + ", " + scope.size() + " running";
  }

  Group scope() {
    return scope;
  }

  Failures failures() {
    return failures;
  }

  /** The task group whose children are in {@code scope}. */
  static TaskGroup of(Group scope) {
    return ((Children) scope).owner;
  }

  /** Knows whose children it holds, so that they need not each know it. */
  private static final class Children extends Group {

    final TaskGroup owner;

    Children(GroupSettings settings, Context context, TaskGroup owner) {
      long grace = settings.grace > 0 ? settings.grace : graceAround(context.scope());
      super(settings.name, context, grace);
      this.owner = owner;
    }
  }

  /** Told by a child, before its outcome can be seen. */
  void childFailed(String path, Throwable failure) {
    failures.add(path, failure);
    if (!collecting && scope.effectiveCause() == null) {
      scope.cancel(new StopCause(Kind.FAILURE, path + " failed: " + Words.of(failure), failure));
    }
  }

  /** Told by a child that ended because it was cancelled. */
  void childCancelled(GroupTask<?> child, CancelCause cause, Throwable thrown) {
    failures.addBehind(child::path, thrown);
    // Nobody misses what a daemon would have done.
    if (!child.isDaemon() && isFromAround(cause)) {
      cancelledFromAround = cause;
    }
  }

  static <T extends @Nullable Object, X extends Exception> T open(
      GroupSettings settings, GroupWork<T, X> body, boolean endsQuietly)
      throws X, InterruptedException {
    try {
      return Context.call(context -> new TaskGroup(settings, context).execute(body, endsQuietly));
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  @SuppressWarnings("NullAway") // without a value from the body, conclude throws or T is Void
  private <T extends @Nullable Object> T execute(GroupWork<T, ?> body, boolean endsQuietly)
      throws Throwable {
    Context context = scope.context();
    T value = null;
    Throwable thrown = null;
    context.enter(scope);
    try {
      value = body.run(this);
    } catch (Throwable failure) {
      thrown = failure;
      if (scope.effectiveCause() == null) {
        scope.cancelFromInside(
            new StopCause(Kind.FAILURE, describe() + " failed: " + Words.of(failure), failure));
      }
    }
    InterruptedException outside =
        scope.join(
            new StopCause(Kind.INTERRUPT, "the thread of " + describe() + " was interrupted", null),
            new StopCause(Kind.WORK_DONE, "the work of " + describe() + " is done", null));
    resources.close(failures, describe());
    boolean cancelled = scope.effectiveCause() != null;
    boolean sent = context.leave(scope);
    new GroupConclusion(this, cancelledFromAround, cancelled, sent, outside)
        .conclude(thrown, endsQuietly);
    return value;
  }

  /** Of several scopes around that are cancelled, any may have been the first to reach a child. */
  private boolean isFromAround(CancelCause cause) {
    for (Scope around = scope.parent(); around != null; around = around.parent()) {
      if (around.ownCause() == cause) {
        return true;
      }
    }
    return false;
  }

  private <T extends @Nullable Object> Task<T> launch(
      @Nullable String name, Object code, boolean daemon, @Nullable Ready<?> ready) {
    requireNonNull(code, "work");
    Scope here = Context.currentScope();
    if (scope.isClosed()) {
      throw new GroupEndedException(describe());
    }
    if (here == null || !here.isInside(scope)) {
      throw new StructureException(
          (name == null ? "a task" : "task '" + name + "'")
              + " was to be started in "
              + describe()
              + " from a thread outside it;"
              + " start it from the group's body or from one of its tasks");
    }
    int number = name == null ? numbers.incrementAndGet() : 0;
    var task = new GroupTask<T>(this, name, number, daemon, false, code, ready);
    if (!scope.start(task)) {
      throw new GroupEndedException(describe());
    }
    return task;
  }

  private void execute(Runnable command) {
    requireNonNull(command, "command");
    CancelCause cause = scope.effectiveCause();
    if (cause != null) {
      throw new RejectedExecutionException(describe() + " is being cancelled: " + cause);
    }
    Action<RuntimeException> action = command::run;
    int number = numbers.incrementAndGet();
    var task = new GroupTask<@Nullable Void>(this, null, number, false, true, action, null);
    if (!scope.start(task)) {
      throw new RejectedExecutionException(
          describe() + " has ended", new GroupEndedException(describe()));
    }
  }

  /** The group, in words. */
  String describe() {
    String path = scope.path();
    return path.isEmpty() ? "the task group" : "task group " + path;
  }
}
