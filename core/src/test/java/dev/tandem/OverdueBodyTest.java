package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 7 for code that no group waits for: bodies, and tasks that were cancelled alone. */
final class OverdueBodyTest {

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
  void timeout_bodyTakesNoNotice_isReportedAgainAndAgain() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout("backup", ofSeconds(5), OverdueBodyTest::stubborn));
          assertEquals(ofSeconds(100), VirtualTime.elapsed());
        });
    assertEquals(
        List.of(
            "the body of backup still runs 10 s after it was cancelled",
            "the body of backup still runs 30 s after it was cancelled",
            "the body of backup still runs 70 s after it was cancelled"),
        log.messages());
    Throwable where = log.records().getFirst().getThrown();
    assertTrue(where.getMessage().contains("backup"), where.getMessage());
    assertTrue(
        Arrays.stream(where.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("stubborn")));
  }

  @Test
  void cancel_oneTaskTakesNoNotice_isReported() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var task = group.start("stubborn", OverdueBodyTest::stubborn);
          sleep(ofSeconds(1));
          task.cancel("enough");
          sleep(ofSeconds(20));
          assertEquals(
              List.of("task stubborn still runs 10 s after it was cancelled"), log.messages());
        });
  }

  @Test
  void cancel_workOffloadedToTheOwnThreadTakesNoNotice_isReportedOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var task =
              group.start("caller", () -> Offload.on(Runnable::run).run(OverdueBodyTest::stubborn));
          sleep(ofSeconds(1));
          task.cancel("enough");
          sleep(ofSeconds(20));
          assertEquals(
              List.of("task caller still runs 10 s after it was cancelled"), log.messages());
        });
  }

  @Test
  void cancel_bodyOfTheGroupTakesNoNotice_isReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.settings()
                .name("strict")
                .grace(ofSeconds(2))
                .run(
                    (TaskGroup group) -> {
                      group.cancel("enough");
                      shield(ofSeconds(60), () -> sleep(ofSeconds(5)));
                    }));
    assertEquals(
        List.of("the body of strict still runs 2 s after it was cancelled"), log.messages());
  }

  @Test
  void close_hangsInAGroupWhoseBodyFailed_isReported() throws Exception {
    GroupAction<RuntimeException> failing =
        group -> {
          AutoCloseable slow = () -> sleep(ofSeconds(5));
          group.own(slow);
          throw new IllegalStateException("body");
        };
    VirtualTime.run(
        (TaskGroup root) -> {
          var strict = TaskGroup.settings().name("strict").grace(ofSeconds(2));
          assertThrows(IllegalStateException.class, () -> strict.run(failing));
          sleep(ofSeconds(100));
        });
    assertEquals(
        List.of("the body of strict still runs 2 s after it was cancelled"), log.messages());
  }

  @Test
  void cancel_childOfACancelledGroup_isReportedByOne() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  var task = group.start("stubborn", OverdueBodyTest::stubborn);
                  sleep(ofSeconds(1));
                  task.cancel("enough");
                  group.cancel("all");
                }));
    assertEquals(
        List.of(
            "task stubborn still runs 10 s after it was cancelled",
            "task stubborn still runs 30 s after it was cancelled",
            "task stubborn still runs 70 s after it was cancelled"),
        log.messages());
  }

  @Test
  void timeout_bodyStopsInTime_saysNothing() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(5), () -> sleep(ofSeconds(100))));
          sleep(ofSeconds(100));
          assertEquals(ofSeconds(105), VirtualTime.elapsed());
        });
    assertEquals(List.of(), log.messages());
  }

  @Test
  void timeout_bodyWaitsForItsChildren_onlyTheyAreReported() throws Exception {
    VirtualTime.run(
        root -> {
          Action<Exception> waiting =
              () ->
                  TaskGroup.run(
                      (TaskGroup group) -> {
                        group.start("stubborn", OverdueBodyTest::stubborn);
                      });
          assertThrows(DeadlineExceededException.class, () -> timeout(ofSeconds(5), waiting));
        });
    assertEquals(
        List.of(
            "task stubborn still runs 10 s after it was cancelled",
            "task stubborn still runs 30 s after it was cancelled",
            "task stubborn still runs 70 s after it was cancelled"),
        log.messages());
  }

  @Test
  void timeout_bodySwallowsItsInterruptInForeignCode_isInterruptedAgain() throws Exception {
    var swallowed = new AtomicInteger();
    TaskGroup.settings()
        .grace(ofMillis(20))
        .run(
            (TaskGroup group) ->
                timeout(
                    ofMillis(1),
                    () -> {
                      while (swallowed.get() < 3) {
                        try {
                          Thread.sleep(ofHours(1));
                        } catch (InterruptedException ignored) {
                          swallowed.incrementAndGet();
                        }
                      }
                    }));
    assertEquals(3, swallowed.get());
  }

  private static void stubborn() throws InterruptedException {
    shield(ofSeconds(1000), () -> sleep(ofSeconds(100)));
  }
}
