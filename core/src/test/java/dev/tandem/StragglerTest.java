package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 7: who does not stop is told of, with path and stack, and never silently waited for. */
final class StragglerTest {

  private LogCapture log;

  @BeforeEach
  void listen() {
    log = new LogCapture("dev.tandem.stragglers");
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void join_childIgnoresItsCancellation_isReportedAgainAndAgainWithBackOff() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              "outer",
              group -> {
                group.start(
                    "parent",
                    () ->
                        TaskGroup.run(
                            inner -> {
                              inner.start("stubborn", StragglerTest::stubborn);
                            }));
                sleep(ofSeconds(1));
                group.cancel("enough");
              });
          assertEquals(ofSeconds(100), VirtualTime.elapsed());
        });
    List<String> messages = log.messages();
    assertEquals(
        List.of(
            "task outer/parent/stubborn still runs 10 s after it was cancelled",
            "task outer/parent/stubborn still runs 30 s after it was cancelled",
            "task outer/parent/stubborn still runs 70 s after it was cancelled"),
        messages);
    Throwable where = log.records().getFirst().getThrown();
    assertTrue(where.getMessage().contains("enough"), where.getMessage());
    assertTrue(
        Arrays.stream(where.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("stubborn")));
  }

  @Test
  void join_childrenStopInTime_saysNothing() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start("quick", () -> sleep(ofSeconds(1000)));
                  group.cancel("enough");
                }));
    assertEquals(List.of(), log.records());
  }

  @Test
  void grace_ofItsOwn_isWhenTheFirstReportComes() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.settings()
              .name("strict")
              .grace(ofSeconds(2))
              .run(
                  (TaskGroup group) -> {
                    // A group within has the same grace.
                    group.start(
                        "parent",
                        () ->
                            TaskGroup.run(
                                inner -> {
                                  inner.start("stubborn", StragglerTest::stubborn);
                                }));
                    sleep(ofSeconds(1));
                    group.cancel("enough");
                  });
        });
    assertEquals(
        "task strict/parent/stubborn still runs 2 s after it was cancelled",
        log.records().getFirst().getMessage());
    assertEquals(5, log.records().size());
  }

  @Test
  void join_childSwallowsItsInterruptInForeignCode_isInterruptedAgain() throws Exception {
    var swallowed = new AtomicInteger();
    var begun = new CountDownLatch(1);
    TaskGroup.settings()
        .grace(ofMillis(50))
        .run(
            (TaskGroup group) -> {
              group.start(
                  "stubborn",
                  () -> {
                    begun.countDown();
                    while (swallowed.get() < 3) {
                      try {
                        Thread.sleep(ofHours(1));
                      } catch (InterruptedException ignored) {
                        swallowed.incrementAndGet();
                      }
                    }
                  });
              begun.await();
              group.cancel("enough");
            });
    assertEquals(3, swallowed.get());
  }

  @Test
  void join_theReportThrows_theChildrenAreWaitedForAllTheSame() throws Exception {
    log.breakWith(new StackOverflowError("in a logger"));
    var ended = new AtomicBoolean();
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.start(
                    () -> {
                      try {
                        stubborn();
                      } finally {
                        ended.set(true);
                      }
                    });
                sleep(ofSeconds(1));
                group.cancel("enough");
              });
          assertTrue(ended.get());
          assertEquals(ofSeconds(100), VirtualTime.elapsed());
        });
    assertEquals(3, log.records().size());
  }

  private static void stubborn() throws InterruptedException {
    shield(ofSeconds(1000), () -> sleep(ofSeconds(100)));
  }
}
