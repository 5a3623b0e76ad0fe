package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ShieldTest {

  @Test
  void shield_scopeCancelledBefore_theBodyRunsToItsEndAndTheCancellationFollows() throws Exception {
    VirtualTime.run(
        root -> {
          var finished = new AtomicBoolean();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () -> {
                        try {
                          sleep(ofSeconds(60));
                        } finally {
                          assertThrows(
                              CancelledException.class,
                              () ->
                                  shield(
                                      ofSeconds(10),
                                      () -> {
                                        sleep(ofSeconds(5));
                                        finished.set(true);
                                      }));
                        }
                      }));
          assertTrue(finished.get());
          assertEquals(ofSeconds(6), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_scopeCancelledMeanwhile_isToldAtTheEnd() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> shield(() -> sleep(ofSeconds(5)))));
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_itsTimeIsOver_letsTheCancellationIn() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> shield(ofSeconds(3), () -> sleep(ofSeconds(60)))));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_openAlready_letsALaterCancellationInAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(5), () -> shield(ofSeconds(3), () -> sleep(ofSeconds(60)))));
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_tasksStartedInside_areShieldedToo() throws Exception {
    VirtualTime.run(
        root -> {
          var finished = new AtomicBoolean();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () ->
                          shield(
                              () ->
                                  TaskGroup.run(
                                      group -> {
                                        group.start(
                                            () -> {
                                              sleep(ofSeconds(5));
                                              finished.set(true);
                                            });
                                      }))));
          assertTrue(finished.get());
        });
  }

  @Test
  void shield_ownTimeoutInside_worksAsAlways() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> shield(() -> timeout(ofSeconds(2), () -> sleep(ofSeconds(60)))));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_foreignCodeInside_isNotInterruptedUntilItIsOver() throws Exception {
    var slept = new AtomicBoolean();
    assertThrows(
        DeadlineExceededException.class,
        () ->
            timeout(
                ofMillis(1),
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                  shield(
                      () -> {
                        assertFalse(Thread.currentThread().isInterrupted());
                        Thread.sleep(5);
                        slept.set(true);
                      });
                }));
    assertTrue(slept.get());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void shield_bodyThrows_passesItAndLeavesTheFlagForTheCancelledScope() throws Exception {
    timeout(
        ofMillis(1),
        (Deadline deadline) -> {
          assertThrows(
              IllegalStateException.class,
              () ->
                  shield(
                      () -> {
                        while (!deadline.isExpired()) {
                          Thread.onSpinWait();
                        }
                        throw new IllegalStateException("mine");
                      }));
          assertThrows(InterruptedException.class, () -> Thread.sleep(60_000));
          return 0;
        });
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
