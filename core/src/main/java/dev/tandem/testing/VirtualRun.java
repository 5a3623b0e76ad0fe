package dev.tandem.testing;

import static java.util.Objects.requireNonNull;

import dev.tandem.GroupAction;
import dev.tandem.GroupWork;
import dev.tandem.ItemWork;
import dev.tandem.TaskGroup;
import dev.tandem.inspect.Observation;
import dev.tandem.inspect.TaskObserver;
import dev.tandem.internal.Context;
import dev.tandem.internal.VirtualRuntime;
import dev.tandem.internal.Watchdog;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a program is run in virtual time, in one order or another.
 *
 * <pre>{@code
 * VirtualTime.seed(17).run(group -> …);
 * }</pre>
 *
 * <p>A value of this type is immutable and may be used again.
 */
public final class VirtualRun {

  static final VirtualRun IN_ORDER = new VirtualRun(null, List.of());

  private final @Nullable Long seed;

  private final List<TaskObserver> observers;

  private VirtualRun(@Nullable Long seed, List<TaskObserver> observers) {
    this.seed = seed;
    this.observers = observers;
  }

  static VirtualRun shuffled(long seed) {
    return new VirtualRun(seed, List.of());
  }

  /** The same, with {@code observer} told what the tasks of each run do, and of no others. */
  public VirtualRun observedBy(TaskObserver observer) {
    requireNonNull(observer, "observer");
    return new VirtualRun(seed, Stream.concat(observers.stream(), Stream.of(observer)).toList());
  }

  /**
   * Runs {@code body} in a group on a clock of its own.
   *
   * @return what the body returned
   * @throws DeadlockException when every task waits and no deadline will ever wake one
   */
  public <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    return this.<T, X>onClock(
        root -> {
          GroupWork<T, X> rooted =
              group -> {
                root.set(group);
                return body.run(group);
              };
          return TaskGroup.run(rooted);
        });
  }

  /** Like {@link #run(GroupWork)}, for a body that returns nothing. */
  public <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    requireNonNull(body, "body");
    this.<@Nullable Void, X>onClock(
        root -> {
          GroupAction<X> rooted =
              group -> {
                root.set(group);
                body.run(group);
              };
          TaskGroup.run(rooted);
          return null;
        });
  }

  @Override
  public String toString() {
    return seed == null ? "VirtualRun[in order]" : "VirtualRun[seed " + seed + "]";
  }

  /** Runs a program that tells which group is its root. */
  private <T extends @Nullable Object, X extends Exception> T onClock(
      ItemWork<AtomicReference<@Nullable TaskGroup>, T, X> program) throws X, InterruptedException {
    var root = new AtomicReference<@Nullable TaskGroup>();
    var tree = new AtomicReference<>("");
    VirtualRuntime runtime = runtime(() -> deadlock(root.get(), tree));
    try (var watchdog = new Watchdog(runtime)) {
      watchdog.start();
      T value = Context.callOn(runtime, context -> observed(root, program));
      if (runtime.isDeadlocked()) {
        throw new DeadlockException(tree.get(), null);
      }
      return value;
    } catch (Throwable thrown) {
      if (runtime.isDeadlocked() && !(thrown instanceof DeadlockException)) {
        throw new DeadlockException(tree.get(), thrown);
      }
      throw VirtualRun.<X>rethrow(thrown);
    }
  }

  private <T extends @Nullable Object, X extends Exception> T observed(
      AtomicReference<@Nullable TaskGroup> root,
      ItemWork<AtomicReference<@Nullable TaskGroup>, T, X> program)
      throws X, InterruptedException {
    observers.forEach(Observation::of);
    return program.run(root);
  }

  private VirtualRuntime runtime(Runnable onDeadlock) {
    return seed == null
        ? new VirtualRuntime(onDeadlock)
        : VirtualRuntime.shuffled(seed, onDeadlock);
  }

  private static void deadlock(@Nullable TaskGroup root, AtomicReference<String> tree) {
    if (root != null) {
      tree.set(root.dump());
      root.cancel("deadlock: every task waits, and no deadline will wake one");
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
