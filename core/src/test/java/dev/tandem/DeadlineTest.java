package dev.tandem;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DeadlineTest {

  @Test
  void timeout_bodyIsFaster_returnsItsValue() throws Exception {
    VirtualTime.run(
        root -> {
          String value =
              timeout(
                  ofSeconds(2),
                  () -> {
                    sleep(ofSeconds(1));
                    return "done";
                  });
          assertEquals("done", value);
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_passes_throwsAnOrdinaryExceptionThatNamesItsOwner() throws Exception {
    VirtualTime.run(
        root -> {
          root.start(
                  "login",
                  () -> {
                    TimeoutException error =
                        assertThrows(
                            TimeoutException.class,
                            () ->
                                timeout(
                                    "banner",
                                    ofMillis(2500),
                                    () -> {
                                      sleep(ofSeconds(60));
                                      return 1;
                                    }));
                    assertEquals(
                        "banner in login exceeded its deadline of 2.5 s", error.getMessage());
                    assertInstanceOf(CancelledException.class, error.getCause());
                    // Outside its scope nothing is cancelled any more.
                    sleep(ofSeconds(1));
                  })
              .await();
          assertEquals(ofMillis(3500), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_belowAMillisecond_isNotZero() throws Exception {
    VirtualTime.run(
        root -> {
          timeout(ofNanos(500), () -> sleep(ofNanos(400)));
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofNanos(500), () -> sleep(ofNanos(600))));
          assertEquals(ofNanos(900), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_nested_theEarliestFiresAndIsTheOwner() throws Exception {
    VirtualTime.run(
        root -> {
          var outer =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofSeconds(1),
                          () -> timeout("inner", ofSeconds(5), () -> sleepy())));
          assertEquals("outer", outer.owner());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          var inner =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofSeconds(5),
                          () -> timeout("inner", ofSeconds(1), () -> sleepy())));
          assertEquals("inner in outer", inner.owner());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_outerPasses_theInnerSeesACancellationAndNotItsOwnTimeout() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        ofSeconds(1),
                        () -> {
                          var seen =
                              assertThrows(
                                  CancelledException.class,
                                  () -> timeout(ofSeconds(5), () -> sleep(ofSeconds(60))));
                          assertTrue(seen.getMessage().contains("deadline of 1 s"));
                          throw seen;
                        })));
  }

  @Test
  void timeout_bothPassedButTheOuterCutTheBodyShort_isTheOuters() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofSeconds(1),
                          () ->
                              timeout(
                                  "inner",
                                  ofSeconds(3),
                                  () -> {
                                    try {
                                      sleep(ofSeconds(60));
                                    } catch (CancelledException ofTheOuter) {
                                      assertThrows(
                                          CancelledException.class,
                                          () ->
                                              Tandem.shield(
                                                  ofSeconds(9), () -> sleep(ofSeconds(5))));
                                      throw ofTheOuter;
                                    }
                                    return 0;
                                  })));
          assertEquals("outer", error.owner());
          assertEquals(ofSeconds(6), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_cancelsTasksStartedInside() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicInteger();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () ->
                          TaskGroup.run(
                              (TaskGroup group) -> {
                                for (int i = 0; i < 3; i++) {
                                  group.start(
                                      () -> {
                                        try {
                                          sleep(ofSeconds(60));
                                        } finally {
                                          cancelled.incrementAndGet();
                                        }
                                      });
                                }
                              })));
          assertEquals(3, cancelled.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_bodyReturnsLate_itsValueCounts() throws Exception {
    VirtualTime.run(
        root -> {
          String value =
              timeout(
                  ofSeconds(1),
                  () -> {
                    try {
                      sleep(ofSeconds(60));
                    } catch (CancelledException ignored) {
                      return "late";
                    }
                    return "never";
                  });
          assertEquals("late", value);
          sleep(ofSeconds(1));
        });
  }

  @Test
  void timeout_bodyFailsByItself_passesTheFailure() {
    var gone = new IOException("gone");
    assertSame(
        gone,
        assertThrows(
            IOException.class,
            () ->
                timeout(
                    ofSeconds(60),
                    () -> {
                      throw gone;
                    })));
  }

  @Test
  void timeout_foreignCodeTurnsTheInterruptIntoSomethingElse_isATimeoutWithThatCause() {
    var error =
        assertThrows(
            DeadlineExceededException.class,
            () ->
                timeout(
                    ofMillis(5),
                    () -> {
                      try {
                        Thread.sleep(60_000);
                      } catch (InterruptedException e) {
                        throw new IllegalStateException("socket closed", e);
                      }
                    }));
    assertEquals("socket closed", error.getCause().getMessage());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void timeout_anErrorAfterTheInterrupt_isNoAnswerToIt() {
    var wrong = new AssertionError("a bug");
    assertSame(
        wrong,
        assertThrows(
            AssertionError.class,
            () ->
                timeout(
                    ofMillis(5),
                    () -> {
                      try {
                        Thread.sleep(60_000);
                      } catch (InterruptedException e) {
                        throw wrong;
                      }
                    })));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void current_inNestedScopesAndChildren_isTheTimeLeftOfTheEarliest() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(Optional.empty(), Deadline.current());
          timeout(
              ofSeconds(3),
              () ->
                  timeout(
                      ofSeconds(10),
                      () -> {
                        sleep(ofSeconds(1));
                        Optional<Duration> inChild =
                            TaskGroup.run(
                                (TaskGroup group) -> group.start(Deadline::current).await());
                        assertEquals(Optional.of(ofSeconds(2)), inChild);
                        return 0;
                      }));
        });
  }

  @Test
  void timeout_longerThanAnyClock_neverComes() throws Exception {
    VirtualTime.horizon(ofDays(2000))
        .run((TaskGroup root) -> timeout(ofDays(400_000), () -> sleep(ofDays(1000))));
  }

  @Test
  void moveOnAfter_passes_isEmpty() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(Optional.empty(), moveOnAfter(ofSeconds(1), DeadlineTest::sleepy));
          assertEquals(Optional.of(1), moveOnAfter(ofSeconds(1), () -> 1));
        });
  }

  @Test
  void moveOnAfter_theDeadlineIsOneOfTheBodys_passesIt() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      moveOnAfter(
                          ofSeconds(5),
                          () -> timeout("inner", ofSeconds(1), DeadlineTest::sleepy)));
          assertEquals("inner", error.owner());
        });
  }

  private static int sleepy() throws InterruptedException {
    sleep(ofSeconds(60));
    return 1;
  }
}
