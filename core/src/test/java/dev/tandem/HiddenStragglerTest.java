package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 7 for tasks whose group is cancelled while nobody waits for its end. */
final class HiddenStragglerTest {

  private LogCapture log;

  @BeforeEach
  void listen() {
    log = new LogCapture("dev.tandem.stragglers");
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  /** Goes on for so long, whatever happens. */
  private static void stubborn(int seconds) throws InterruptedException {
    shield(ofSeconds(1000), () -> sleep(ofSeconds(seconds)));
  }

  private static String told(String what, int seconds) {
    return what + " still runs " + seconds + " s after it was cancelled";
  }

  @Test
  void cancel_theBodyDoesNotComeToWait_itsChildrenAreReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                "fleet",
                (TaskGroup group) -> {
                  group.start("node", () -> stubborn(45));
                  sleep(ofSeconds(1));
                  group.cancel("enough");
                  stubborn(50);
                }));
    assertEquals(
        List.of(
            told("the body of fleet", 10),
            told("task fleet/node", 10),
            told("the body of fleet", 30),
            told("task fleet/node", 30)),
        log.messages());
  }

  @Test
  void timeout_theBodyIsInAGroup_theGroupsChildrenAreReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        "backup",
                        ofSeconds(5),
                        () ->
                            TaskGroup.run(
                                (TaskGroup group) -> {
                                  group.start("node", () -> stubborn(24));
                                  stubborn(25);
                                  sleep(ofSeconds(1));
                                }))));
    assertEquals(
        List.of(told("the body of backup", 10), told("task backup/node", 10)), log.messages());
  }

  @Test
  void join_aChildDoesNotComeToWaitForItsOwn_bothAreReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start(
                      "parent",
                      () ->
                          TaskGroup.run(
                              (TaskGroup inner) -> {
                                inner.start("child", () -> stubborn(20));
                                stubborn(20);
                              }));
                  sleep(ofSeconds(1));
                  group.cancel("enough");
                }));
    assertEquals(
        List.of(told("task parent", 10), told("task parent/child", 10)),
        log.messages().stream().sorted().toList());
  }

  @Test
  void cancel_theBodyWaitsForAnotherGroup_theChildrenOfBothAreReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start("outer", () -> stubborn(20));
                  TaskGroup.run(
                      (TaskGroup inner) -> {
                        inner.start("inner", () -> stubborn(20));
                        inner.start(
                            "canceller",
                            () -> {
                              sleep(ofSeconds(1));
                              group.cancel("enough");
                            });
                      });
                }));
    assertEquals(
        List.of(told("task inner", 10), told("task outer", 10)),
        log.messages().stream().sorted().toList());
  }

  @Test
  void cancel_innerGroupAndThenTheOuter_eachIsReportedByOne() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start("outer", () -> stubborn(20));
                  TaskGroup.run(
                      "within",
                      (TaskGroup inner) -> {
                        inner.start("inner", () -> stubborn(20));
                        sleep(ofSeconds(1));
                        inner.cancel("enough of it");
                        group.cancel("enough of all");
                        stubborn(15);
                      });
                }));
    assertEquals(1, log.messages().stream().filter(told("task within/inner", 10)::equals).count());
    assertEquals(1, log.messages().stream().filter(told("task outer", 10)::equals).count());
  }

  @Test
  void asCompleted_theLoopDoesNotGoOn_itsItemsAreReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        "poll",
                        ofSeconds(5),
                        () -> {
                          try (var outcomes =
                              Gather.over(List.of(1, 2))
                                  .asCompleted(
                                      item -> {
                                        stubborn(20);
                                        return item;
                                      })) {
                            stubborn(25);
                            return outcomes.iterator().next();
                          }
                        })));
    assertEquals(3, log.messages().size(), log.messages().toString());
  }

  @Test
  void shield_holdsOffTheCancellationOfAGroup_onlyWhoIsBehindItIsReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        "backup",
                        ofSeconds(5),
                        () ->
                            shield(
                                ofSeconds(1000),
                                () ->
                                    TaskGroup.run(
                                        (TaskGroup group) -> {
                                          group.start("flush", () -> sleep(ofSeconds(20)));
                                        })))));
    assertEquals(List.of(told("the body of backup", 10)), log.messages());
  }

  @Test
  void shield_aChildWaitsInOne_itIsReported() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start(
                      "parent",
                      () ->
                          shield(
                              ofSeconds(1000),
                              () ->
                                  TaskGroup.run(
                                      (TaskGroup inner) -> {
                                        inner.start("flush", () -> sleep(ofSeconds(20)));
                                      })));
                  sleep(ofSeconds(1));
                  group.cancel("enough");
                }));
    assertEquals(List.of(told("task parent", 10)), log.messages());
  }

  @Test
  void shield_itsTimeIsOverWhileItWaits_theChildrenAreCancelledAndReported() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      "backup",
                      ofSeconds(5),
                      () ->
                          shield(
                              ofSeconds(6),
                              () ->
                                  TaskGroup.run(
                                      (TaskGroup group) -> {
                                        group.start("willing", () -> sleep(ofSeconds(500)));
                                        group.start("flush", () -> stubborn(21));
                                      }))));
          assertEquals(ofSeconds(21), VirtualTime.elapsed());
        });
    assertEquals(List.of(told("task backup/flush", 10)), log.messages());
  }
}
