package dev.tandem;

import static dev.tandem.Tandem.moveOnAt;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static dev.tandem.Tandem.timeoutAt;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AbsoluteDeadlineTest {

  @Test
  void timeoutAt_severalCalls_shareOneBudget() throws Exception {
    VirtualTime.run(
        root -> {
          Instant until = Tandem.now().plus(ofSeconds(5));
          assertEquals("first", timeoutAt(until, () -> after(3, "first")));
          var late =
              assertThrows(
                  DeadlineExceededException.class,
                  () -> timeoutAt(until, () -> after(3, "second")));
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
          assertEquals(ofSeconds(2), late.after());
        });
  }

  @Test
  void timeoutAt_momentHasPassed_throwsAtTheFirstWait() throws Exception {
    VirtualTime.run(
        root -> {
          Instant past = Tandem.now().minusSeconds(1);
          assertEquals("no wait", timeoutAt(past, () -> "no wait"));
          var late =
              assertThrows(
                  DeadlineExceededException.class,
                  () -> timeoutAt(past, () -> sleep(ofSeconds(1))));
          assertTrue(late.getMessage().contains("had passed"), late.getMessage());
          assertEquals(Duration.ZERO, late.after());
          assertEquals(Duration.ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void timeoutAt_momentHasPassed_interruptsForeignCodeToo() {
    assertThrows(
        DeadlineExceededException.class,
        () -> timeoutAt(Instant.EPOCH, () -> Thread.sleep(Duration.ofHours(1))));
    assertTrue(!Thread.currentThread().isInterrupted());
  }

  @Test
  void timeoutAt_endOfTime_neverExpires() throws Exception {
    assertEquals("value", timeoutAt(Instant.MAX, () -> "value"));
  }

  @Test
  void moveOnAt_cutShort_isEmpty() throws Exception {
    VirtualTime.run(
        root -> {
          Instant until = Tandem.now().plus(ofSeconds(1));
          assertEquals(Optional.empty(), moveOnAt(until, () -> after(2, "late")));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertEquals(
              Optional.of("in time"), moveOnAt(until.plusSeconds(9), () -> after(2, "in time")));
          assertFalse(moveOnAt(until.plusSeconds(9), () -> sleep(ofSeconds(99))));
          assertEquals(ofSeconds(10), VirtualTime.elapsed());
          assertTrue(moveOnAt(until.plusSeconds(19), () -> sleep(ofSeconds(1))));
        });
  }

  @Test
  void rescheduleAt_movesTheDeadlineToThatMoment() throws Exception {
    VirtualTime.run(
        root -> {
          Instant start = Tandem.now();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(60),
                      deadline -> {
                        assertTrue(deadline.rescheduleAt(start.plusSeconds(3)));
                        assertEquals(Optional.of(ofSeconds(3)), deadline.remaining());
                        return after(10, "late");
                      }));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void now_underVirtualTime_isThatOfItsClock() throws Exception {
    VirtualTime.run(
        root -> {
          Instant start = Tandem.now();
          sleep(Duration.ofDays(365));
          assertEquals(start.plus(Duration.ofDays(365)), Tandem.now());
        });
  }

  private static String after(int seconds, String value) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return value;
  }
}
