package dev.tandem;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deadlines that are moved while they run. */
final class DeadlineMoveTest {

  @Test
  void reschedule_theOldTimerGoesOffAllTheSame_doesNothing() throws Throwable {
    var timers = new ArrayList<Runnable>();
    Context.<Object>callOn(
        new TimersByHand(timers),
        context -> {
          new DeadlineScope(null, context, 100)
              .call(
                  deadline -> {
                    assertTrue(deadline.reschedule(ofNanos(5000)));
                    timers.getFirst().run();
                    assertFalse(deadline.isExpired());
                    Tandem.checkpoint();
                    return 0;
                  });
          return 0;
        });
    assertTrue(timers.size() >= 2);
  }

  @Test
  void moveOnAfter_theBodyMovesItsDeadline_isCutShortThen() throws Exception {
    VirtualTime.run(
        root -> {
          Instant begun = Tandem.now();
          Optional<String> cutShort =
              moveOnAfter(
                  ofSeconds(1),
                  deadline -> {
                    assertTrue(deadline.reschedule(ofSeconds(10)));
                    sleep(ofSeconds(60));
                    return "never";
                  });
          assertEquals(Optional.empty(), cutShort);
          assertEquals(ofSeconds(10), Duration.between(begun, Tandem.now()));
        });
  }

  /** Timers that go off when the test says so, cancelled or not, at time 1000. */
  private record TimersByHand(List<Runnable> timers) implements TaskRuntime {
    @Override
    public long now() {
      return timers.isEmpty() ? 0 : 1000;
    }

    @Override
    public Thread newThread(Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void start(Thread thread) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void ended() {}

    @Override
    public Timer schedule(long deadline, Runnable action) {
      timers.add(action);
      return () -> {};
    }

    @Override
    public void park(Waiter waiter, long deadline) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void reschedule_laterAndEarlier_movesTheDeadline() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      (Deadline deadline) -> {
                        assertTrue(deadline.reschedule(ofSeconds(10)));
                        sleep(ofSeconds(5));
                        assertEquals(Optional.of(ofSeconds(5)), deadline.remaining());
                        assertTrue(deadline.reschedule(ofSeconds(2)));
                        sleep(ofSeconds(60));
                        return 0;
                      }));
          assertEquals(ofSeconds(7), VirtualTime.elapsed());
        });
  }

  @Test
  void reschedule_afterExpiry_doesNotBringItBack() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            timeout(
                ofSeconds(1),
                (Deadline deadline) -> {
                  assertThrows(CancelledException.class, () -> sleep(ofSeconds(2)));
                  assertTrue(deadline.isExpired());
                  assertFalse(deadline.reschedule(ofSeconds(10)));
                  assertThrows(CancelledException.class, () -> sleep(ofSeconds(2)));
                  return 0;
                }));
  }
}
