package dev.tandem.testing;

import static java.util.Objects.requireNonNull;

import dev.tandem.GroupAction;
import dev.tandem.GroupWork;
import dev.tandem.ItemWork;
import dev.tandem.TaskGroup;
import dev.tandem.inspect.Observation;
import dev.tandem.inspect.TaskObserver;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.VirtualRuntime;
import dev.tandem.internal.Watchdog;
import java.time.Duration;
import java.util.List;
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

  static final VirtualRun IN_ORDER =
      new VirtualRun(null, Defaults.HORIZON, Defaults.REAL_TIME, List.of());

  private final @Nullable Long seed;
  private final Duration horizon;
  private final Duration realTime;

  private final List<TaskObserver> observers;

  private VirtualRun(
      @Nullable Long seed, Duration horizon, Duration realTime, List<TaskObserver> observers) {
    this.seed = seed;
    this.horizon = horizon;
    this.realTime = realTime;
    this.observers = observers;
  }

  /** In another order: see {@link VirtualTime#seed}. */
  public VirtualRun seed(long newSeed) {
    return new VirtualRun(newSeed, horizon, realTime, observers);
  }

  /**
   * With another horizon: see {@link VirtualTime#horizon}.
   *
   * @throws IllegalArgumentException when {@code newHorizon} is zero or negative
   */
  public VirtualRun horizon(Duration newHorizon) {
    Durations.positive(newHorizon, "horizon");
    return new VirtualRun(seed, newHorizon, realTime, observers);
  }

  /**
   * With another limit of real time: see {@link VirtualTime#realTime}.
   *
   * @throws IllegalArgumentException when {@code atMost} is zero or negative
   */
  public VirtualRun realTime(Duration atMost) {
    Durations.positive(atMost, "realTime");
    return new VirtualRun(seed, horizon, atMost, observers);
  }

  /** The same, with {@code observer} told what the tasks of each run do, and of no others. */
  public VirtualRun observedBy(TaskObserver observer) {
    requireNonNull(observer, "observer");
    List<TaskObserver> all = Stream.concat(observers.stream(), Stream.of(observer)).toList();
    return new VirtualRun(seed, horizon, realTime, all);
  }

  /**
   * Runs {@code body} in a group on a clock of its own.
   *
   * @return what the body returned
   * @throws DeadlockException when every task waits and no deadline will ever wake one
   * @throws VirtualTimeLimitException when virtual time would go past its horizon, or too much of
   *     real time has passed
   */
  public <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    return this.<T, X>onClock(
        verdict -> {
          GroupWork<T, X> rooted =
              group -> {
                verdict.isRoot(group);
                return body.run(group);
              };
          return TaskGroup.run(rooted);
        });
  }

  /** Like {@link #run(GroupWork)}, for a body that returns nothing. */
  public <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    requireNonNull(body, "body");
    this.<@Nullable Void, X>onClock(
        verdict -> {
          GroupAction<X> rooted =
              group -> {
                verdict.isRoot(group);
                body.run(group);
              };
          TaskGroup.run(rooted);
          return null;
        });
  }

  /**
   * Runs {@code body} in as many orders as there are {@code seeds}: see {@link
   * VirtualTime#explore}.
   */
  public void explore(int seeds, GroupAction<?> body) throws InterruptedException {
    requireNonNull(body, "body");
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be at least 1, but was " + seeds);
    }
    for (long next = 0; next < seeds; next++) {
      try {
        seed(next).run(body);
      } catch (InterruptedException interrupted) {
        // Whose interrupt it was cannot be told any more; it may have been the program's own.
        interrupted.addSuppressed(SeedFailedError.ifNotFromOutside(next, seeds));
        throw interrupted;
      } catch (Throwable failure) {
        throw new SeedFailedError(next, seeds, failure);
      }
    }
  }

  @Override
  public String toString() {
    return seed == null ? "VirtualRun[in order]" : "VirtualRun[seed " + seed + "]";
  }

  /** Runs a program that tells which group is its root. */
  private <T extends @Nullable Object, X extends Exception> T onClock(
      ItemWork<Verdict, T, X> program) throws X, InterruptedException {
    var verdict = new Verdict(horizon, realTime);
    VirtualRuntime runtime = runtime(verdict);
    verdict.isOn(runtime);
    try (var watchdog = new Watchdog(runtime, Durations.positive(realTime, "realTime"))) {
      watchdog.start();
      T value = Context.callOn(runtime, context -> observed(verdict, program));
      verdict.about(runtime, null).ifPresent(VirtualRun::raise);
      return value;
    } catch (Throwable thrown) {
      if (!(thrown instanceof VirtualTimeLimitException)
          && !(thrown instanceof DeadlockException)) {
        verdict.about(runtime, thrown).ifPresent(VirtualRun::raise);
      }
      throw VirtualRun.<X>rethrow(thrown);
    }
  }

  private <T extends @Nullable Object, X extends Exception> T observed(
      Verdict verdict, ItemWork<Verdict, T, X> program) throws X, InterruptedException {
    observers.forEach(Observation::of);
    return program.run(verdict);
  }

  private VirtualRuntime runtime(Verdict verdict) {
    long end = Durations.positive(horizon, "horizon");
    return seed == null
        ? VirtualRuntime.inOrder(end, verdict::stop)
        : VirtualRuntime.shuffled(seed, end, verdict::stop);
  }

  private static void raise(RuntimeException verdict) {
    throw verdict;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
