package dev.tandem.testing;

import static java.util.Objects.requireNonNull;

import dev.tandem.GroupAction;
import dev.tandem.GroupWork;
import dev.tandem.ItemWork;
import dev.tandem.TaskGroup;
import dev.tandem.internal.Context;
import dev.tandem.internal.VirtualRuntime;
import dev.tandem.internal.Watchdog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Time for tests: it stands still while any task can run, and jumps to the next deadline when none
 * can. Waiting costs nothing, and elapsed time is exact to the nanosecond.
 *
 * <p>One task runs at a time, until it waits; those that can run take turns in the order in which
 * they became able to. So a program without chance of its own runs the same way each time. Threads
 * of others, such as those of {@link dev.tandem.Offload}, run beside it.
 *
 * <p>Only waits of Tandem let time go on. A task that blocks in anything else makes it stand still,
 * and after a moment of real time others take their turns beside it.
 */
public final class VirtualTime {

  private VirtualTime() {}

  /**
   * Runs {@code body} in a group on a clock of its own.
   *
   * @return what the body returned
   * @throws DeadlockException when every task waits and no deadline will ever wake one
   */
  public static <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    return VirtualTime.<T, X>onClock(
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
  public static <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    requireNonNull(body, "body");
    VirtualTime.<@Nullable Void, X>onClock(
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

  /** Runs a program that tells which group is its root. */
  private static <T extends @Nullable Object, X extends Exception> T onClock(
      ItemWork<AtomicReference<@Nullable TaskGroup>, T, X> program) throws X, InterruptedException {
    var root = new AtomicReference<@Nullable TaskGroup>();
    var tree = new AtomicReference<>("");
    var runtime = new VirtualRuntime(() -> deadlock(root.get(), tree));
    try (var watchdog = new Watchdog(runtime)) {
      watchdog.start();
      T value = Context.callOn(runtime, context -> program.run(root));
      if (runtime.isDeadlocked()) {
        throw new DeadlockException(tree.get(), null);
      }
      return value;
    } catch (Throwable thrown) {
      if (runtime.isDeadlocked() && !(thrown instanceof DeadlockException)) {
        throw new DeadlockException(tree.get(), thrown);
      }
      throw VirtualTime.<X>rethrow(thrown);
    }
  }

  /** The time that has passed on the current clock since it was started. */
  public static Duration elapsed() {
    return Duration.ofNanos(Context.currentRuntime().now());
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
