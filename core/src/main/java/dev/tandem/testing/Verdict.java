package dev.tandem.testing;

import dev.tandem.TaskGroup;
import dev.tandem.internal.Standstill;
import dev.tandem.internal.VirtualRuntime;
import dev.tandem.internal.VirtualRuntime.Stop;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a program in virtual time that cannot go on, and says why. */
final class Verdict {

  private final Duration horizon;
  private final Duration realTime;

  // Volatile: set by the thread that begins, and by whichever one finds that it cannot go on.
  private volatile @Nullable TaskGroup root;
  private volatile @Nullable VirtualRuntime runtime;
  private volatile String scene = "";

  Verdict(Duration horizon, Duration realTime) {
    this.horizon = horizon;
    this.realTime = realTime;
  }

  /** The program has begun: this is its outermost group. */
  void isRoot(TaskGroup group) {
    root = group;
  }

  void isOn(VirtualRuntime clock) {
    runtime = clock;
  }

  /** Notes how things stand, and cancels the program. */
  void stop(Stop why) {
    TaskGroup group = root;
    if (group == null) {
      return;
    }
    VirtualRuntime clock = runtime;
    scene =
        group.dump()
            + (why == Stop.REAL_TIME && clock != null ? "\n" + Standstill.describe(clock) : "");
    group.cancel(reason(why));
  }

  /** What the run ends with if it was ended before its time. */
  Optional<RuntimeException> about(VirtualRuntime clock, @Nullable Throwable thrown) {
    Stop why = clock.stopped();
    if (why == null) {
      return Optional.empty();
    }
    String message = reason(why) + ":\n" + scene;
    return Optional.of(
        why == Stop.DEADLOCK
            ? new DeadlockException(message + hint(), thrown)
            : new VirtualTimeLimitException(message, thrown));
  }

  /** What to do if it was no deadlock, but somebody was to come whom the clock does not know. */
  private String hint() {
    if (scene.contains(" waits for future ")) {
      return "\nif somebody outside this program completes the future, wait for it by"
          + " awaitOutside(...): time stands still meanwhile";
    }
    if (scene.contains("circle: ")) {
      return "";
    }
    return "\nif somebody outside this program was to end one of these waits, give that work to"
        + " Offload, or have it complete a future for Futures.awaitOutside(...): time stands still"
        + " meanwhile";
  }

  private String reason(Stop why) {
    return switch (why) {
      case DEADLOCK -> "every task waits, and no deadline will wake one";
      case HORIZON ->
          "virtual time would go past its horizon of "
              + words(horizon)
              + "; a loop that has no end belongs into a daemon, and a later horizon can be set by"
              + " VirtualTime.horizon(...) or @VirtualTimeTest(horizon = ...)";
      case REAL_TIME ->
          "the program has taken more than "
              + words(realTime)
              + " of real time; a limit of its own can be set by VirtualTime.realTime(...) or"
              + " @VirtualTimeTest(realTime = ...)";
    };
  }

  private static String words(Duration time) {
    return time.toDays() > 0 && time.equals(Duration.ofDays(time.toDays()))
        ? time.toDays() + " days"
        : time.toMillis() / 1e3 + " s";
  }
}
