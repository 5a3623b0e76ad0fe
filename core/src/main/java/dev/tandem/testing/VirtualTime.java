package dev.tandem.testing;

import dev.tandem.GroupAction;
import dev.tandem.GroupWork;
import dev.tandem.inspect.TaskObserver;
import dev.tandem.internal.Context;
import java.time.Duration;
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
 * and after a moment of real time others take their turns beside it. When nothing goes on for some
 * seconds of real time, the log says which task is where.
 */
public final class VirtualTime {

  private VirtualTime() {}

  /**
   * Runs {@code body} in a group on a clock of its own.
   *
   * @return what the body returned
   * @throws DeadlockException when every task waits and no deadline will ever wake one
   * @throws VirtualTimeLimitException when virtual time would go past its horizon, or too much of
   *     real time has passed
   */
  public static <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    return VirtualRun.IN_ORDER.run(body);
  }

  /** Like {@link #run(GroupWork)}, for a body that returns nothing. */
  public static <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    VirtualRun.IN_ORDER.run(body);
  }

  /**
   * A way to run a program in another order: of the tasks that can run, and of what is due at the
   * same moment, chance chooses who is next. A task may also be made to wait where it might have to
   * but need not: where it comes for a permit, a lock or an item that is there, and at {@link
   * dev.tandem.Tandem#checkpoint}. The same seed makes the same choices.
   */
  public static VirtualRun seed(long seed) {
    return VirtualRun.IN_ORDER.seed(seed);
  }

  /**
   * A way to run a program with another horizon than 365 days: how far virtual time goes before the
   * program is taken for one without an end, and is cancelled.
   *
   * @throws IllegalArgumentException when {@code horizon} is zero or negative
   */
  public static VirtualRun horizon(Duration horizon) {
    return VirtualRun.IN_ORDER.horizon(horizon);
  }

  /**
   * A way to run a program with another limit than a minute of real time, after which it is
   * cancelled.
   *
   * @throws IllegalArgumentException when {@code atMost} is zero or negative
   */
  public static VirtualRun realTime(Duration atMost) {
    return VirtualRun.IN_ORDER.realTime(atMost);
  }

  /**
   * A way to run a program with {@code observer} told what its tasks do, such as a {@link
   * dev.tandem.inspect.Timeline}.
   */
  public static VirtualRun observedBy(TaskObserver observer) {
    return VirtualRun.IN_ORDER.observedBy(observer);
  }

  /**
   * Runs {@code body} in as many orders as there are {@code seeds}, from 0 upwards, until it fails
   * in one. What it works on it makes anew each time.
   *
   * @throws SeedFailedError for the first seed with which it failed, with which it does so again
   * @throws IllegalArgumentException when {@code seeds} is below 1
   * @throws InterruptedException when interrupted from outside; what is suppressed in it names the
   *     seed, in case the program has interrupted itself
   */
  public static void explore(int seeds, GroupAction<?> body) throws InterruptedException {
    VirtualRun.IN_ORDER.explore(seeds, body);
  }

  /** The time that has passed on the current clock since it was started. */
  public static Duration elapsed() {
    return Duration.ofNanos(Context.currentRuntime().now());
  }
}
