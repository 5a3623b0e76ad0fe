package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers of deadlines and shields, on a clock at which something happens at the worst moment. */
final class DeadlineRaceTest {

  @Test
  void reschedule_byTwoThreadsAtOnce_theTimerOfTheLastMoveIsTheOneThatStays() throws Throwable {
    var clock = new ManualClock();
    Context.callOn(
        clock,
        context ->
            new DeadlineScope(null, context, 100)
                .call(
                    deadline -> {
                      // While the first mover is between reading the deadline and arming it.
                      clock.onNextSchedule = () -> deadline.reschedule(Duration.ofNanos(50));
                      deadline.reschedule(Duration.ofNanos(1_000));
                      assertEquals(Duration.ofNanos(50), deadline.remaining().orElseThrow());
                      clock.advanceTo(60);
                      assertTrue(deadline.isExpired());
                      return 0;
                    }));
  }

  @Test
  void reschedule_afterTheScopeWasLeft_leavesNoTimer() throws Throwable {
    var clock = new ManualClock();
    Deadline late =
        Context.callOn(clock, context -> new DeadlineScope(null, context, 100).call(d -> d));
    late.reschedule(Duration.ofNanos(50));
    assertEquals(List.of(), clock.timers);
  }

  @Test
  void shield_timerCannotBeArmed_theScopeIsLeftAllTheSame() throws Throwable {
    var clock = new ManualClock();
    Context.callOn(
        clock,
        context -> {
          clock.onNextSchedule =
              () -> {
                throw new OutOfMemoryError("no thread for the timer");
              };
          assertThrows(OutOfMemoryError.class, () -> new ShieldScope(context, 100).call(() -> 0));
          assertEquals(null, context.scope());
          return 0;
        });
  }

  private static final class ManualClock implements TaskRuntime {

    private record Entry(long deadline, Runnable action) {}

    private final List<Entry> timers = new ArrayList<>();
    private Runnable onNextSchedule = () -> {};
    private long now;

    void advanceTo(long time) {
      now = time;
      for (Entry entry : List.copyOf(timers)) {
        if (entry.deadline <= now && timers.remove(entry)) {
          entry.action.run();
        }
      }
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public Timer schedule(long deadline, Runnable action) {
      Runnable first = onNextSchedule;
      onNextSchedule = () -> {};
      first.run();
      var entry = new Entry(deadline, action);
      timers.add(entry);
      return () -> timers.remove(entry);
    }

    @Override
    public Thread newThread(Runnable body) {
      throw new AssertionError();
    }

    @Override
    public void start(Thread thread) {}

    @Override
    public void ended() {}

    @Override
    public void park(Waiter waiter, long deadline) {}
  }
}
