package dev.tandem.conformance;

import static dev.tandem.Tandem.checkpoint;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.moveOnAt;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static dev.tandem.Tandem.timeoutAt;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Deadline;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cases of Trio's tests of deadlines and of its timeout functions. */
final class TrioDeadlineTest {

  @Test
  void timeout_endedInTime_doesNothingWhenItsMomentComes() throws Exception {
    VirtualTime.run(
        root -> {
          Deadline kept = timeout(ofSeconds(1), (Deadline deadline) -> deadline);
          sleep(ofSeconds(2));
          checkpoint();
          assertFalse(kept.isExpired());
        });
  }

  @Test
  void rescheduleAt_aMomentThatHasPassed_cancelsAtOnceAndForGood() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            timeout(
                ofSeconds(10),
                (Deadline deadline) -> {
                  sleep(ofSeconds(5));
                  checkpoint();
                  assertTrue(deadline.rescheduleAt(Tandem.now().minusSeconds(4)));
                  assertThrows(CancelledException.class, () -> checkpoint());
                  assertThrows(CancelledException.class, () -> checkpoint());
                  assertFalse(deadline.reschedule(ofSeconds(60)));
                  assertThrows(CancelledException.class, () -> checkpoint());
                  return 0;
                }));
  }

  @Test
  void reschedule_thousandsOfTimes_onlyTheLastCounts() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            timeout(
                ofSeconds(1),
                (Deadline deadline) -> {
                  for (int i = 0; i < 5000; i++) {
                    deadline.reschedule(ofSeconds(9998));
                    deadline.reschedule(ofSeconds(9999));
                  }
                  sleep(ofSeconds(9998).plusMillis(500));
                  assertEquals(Optional.of(ofMillis(500)), deadline.remaining());
                  return 0;
                }));
  }

  @Test
  void current_inNestedScopes_isTheLeastThatReachesTheCode() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(Optional.empty(), Deadline.current());
          timeout(
              ofSeconds(5),
              () ->
                  timeout(
                      ofSeconds(10),
                      (Deadline inner) -> {
                        assertEquals(Optional.of(ofSeconds(5)), Deadline.current());
                        inner.reschedule(ofSeconds(3));
                        assertEquals(Optional.of(ofSeconds(3)), Deadline.current());
                        inner.reschedule(ofSeconds(10));
                        assertEquals(Optional.of(ofSeconds(5)), Deadline.current());
                        shield(
                            () -> {
                              assertEquals(Optional.empty(), Deadline.current());
                            });
                        return 0;
                      }));
          assertEquals(Optional.empty(), Deadline.current());
        });
  }

  @Test
  void sleep_ofZero_isACheckpoint() throws Exception {
    VirtualTime.run(
        root -> {
          sleep(ZERO);
          var empty =
              moveOnAt(
                  Tandem.now(),
                  () -> {
                    assertThrows(CancelledException.class, () -> sleep(ZERO));
                    sleep(ZERO);
                    return 1;
                  });
          assertEquals(Optional.empty(), empty);
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void moveOnAfter_passes_goesOnAtThatInstant() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(Optional.empty(), moveOnAfter(ofSeconds(1), () -> slow()));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void moveOnAfter_inAShieldOfACancelledScope_waitsItsTime() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              outer -> {
                outer.cancel("outer");
                assertThrows(
                    CancelledException.class,
                    () ->
                        shield(
                            () -> {
                              checkpoint();
                              assertEquals(
                                  Optional.empty(), moveOnAfter(ofSeconds(1), () -> slow()));
                            }));
              });
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_inAShieldOfACancelledScope_failsAfterItsTime() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              outer -> {
                outer.cancel("outer");
                assertThrows(
                    CancelledException.class,
                    () ->
                        shield(
                            () -> {
                              assertThrows(
                                  DeadlineExceededException.class,
                                  () -> timeout(ofSeconds(1), () -> slow()));
                            }));
              });
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_relativeAndAbsolute_failOnlyWhenTheyPass() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeoutAt(Tandem.now().plusSeconds(1), () -> slow()));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          timeoutAt(Tandem.now().plusSeconds(100), () -> sleep(ZERO));
          assertThrows(DeadlineExceededException.class, () -> timeout(ofSeconds(1), () -> slow()));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          timeout(ofSeconds(100), () -> sleep(ZERO));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_timeHasPassedSinceSomethingElse_countsFromItsOwnEntry() throws Exception {
    VirtualTime.run(
        root -> {
          sleep(ofSeconds(3));
          timeout(
              ofSeconds(5),
              (Deadline deadline) -> {
                assertEquals(Optional.of(ofSeconds(5)), deadline.remaining());
                deadline.reschedule(ofSeconds(3));
                assertEquals(Optional.of(ofSeconds(3)), deadline.remaining());
                deadline.rescheduleAt(Tandem.now().plusSeconds(4));
                assertEquals(Optional.of(ofSeconds(4)), deadline.remaining());
                return 0;
              });
        });
  }

  @Test
  void timeout_onTheRealClock_isNotEarly() {
    long start = System.nanoTime();
    assertThrows(DeadlineExceededException.class, () -> timeout(ofMillis(20), () -> slow()));
    assertTrue(System.nanoTime() - start >= ofMillis(20).toNanos());
  }

  @Test
  void sleep_ofLessThanZero_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> sleep(ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> timeout(ofSeconds(-1), () -> slow()));
    assertThrows(IllegalArgumentException.class, () -> moveOnAfter(ofSeconds(-1), () -> slow()));
  }

  private static int slow() throws InterruptedException {
    sleep(ofSeconds(60));
    return 1;
  }
}
