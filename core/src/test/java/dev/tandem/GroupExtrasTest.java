package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Collecting groups, resources that a group owns, and tasks that say when they are ready. */
final class GroupExtrasTest {

  @Test
  void collect_someChildrenFail_theOthersFinishAndAllFailuresAreThrown() throws Exception {
    VirtualTime.run(
        root -> {
          var finished = new AtomicInteger();
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.collect(
                          group -> {
                            for (int i = 0; i < 4; i++) {
                              int number = i;
                              group.start(
                                  "t" + i,
                                  () -> {
                                    sleep(ofSeconds(number));
                                    if (number % 2 == 0) {
                                      throw new IOException("no " + number);
                                    }
                                    finished.incrementAndGet();
                                  });
                            }
                          }));
          assertEquals(2, finished.get());
          assertEquals(
              List.of("t0", "t2"),
              error.failures().stream().map(TaskFailedException::path).toList());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void collect_bodyAwaitsAFailureThatIsOnlyCounted_isNoFurtherFailure() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.collect(
                          group -> {
                            Task<?> last = null;
                            for (int i = 0; i < 40; i++) {
                              last = group.start(GroupExtrasTest::fail);
                              sleep(ofSeconds(1));
                            }
                            requireNonNull(last).await();
                          }));
          assertEquals(40, error.failureCount());
        });
  }

  private static void fail() throws IOException {
    throw new IOException("no");
  }

  @Test
  void collect_bodyFails_cancelsTheChildren() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              IOException.class,
              () ->
                  TaskGroup.collect(
                      group -> {
                        group.start(() -> sleep(ofSeconds(60)));
                        sleep(ofSeconds(1));
                        throw new IOException("body");
                      }));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void own_resources_areClosedInReverseAfterTheTasks() throws Exception {
    VirtualTime.run(
        root -> {
          List<String> order = new ArrayList<>();
          TaskGroup.run(
              group -> {
                group.own(() -> order.add("first"));
                group.own(() -> order.add("second"));
                group.start(
                    () -> {
                      sleep(ofSeconds(1));
                      order.add("task");
                    });
              });
          assertEquals(List.of("task", "second", "first"), order);
        });
  }

  @Test
  void own_groupIsCancelled_theCloseMayStillWait() throws Exception {
    VirtualTime.run(
        root -> {
          List<String> order = new ArrayList<>();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () ->
                          TaskGroup.run(
                              (TaskGroup group) -> {
                                group.own(
                                    () -> {
                                      sleep(ofSeconds(2));
                                      order.add("closed");
                                    });
                                sleep(ofSeconds(60));
                              })));
          assertEquals(List.of("closed"), order);
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertFalse(Thread.currentThread().isInterrupted());
        });
  }

  @Test
  void own_closeFails_theOthersAreClosedAndItIsReported() {
    List<String> order = new ArrayList<>();
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    group -> {
                      group.own(() -> order.add("first"));
                      group.own(
                          () -> {
                            throw new IOException("disk");
                          });
                    }));
    assertEquals("disk", error.getCause().getMessage());
    assertEquals(List.of("first"), order);
  }

  @Test
  void own_afterTheEnd_isRefused() throws Exception {
    var escaped = new AtomicReference<@Nullable TaskGroup>();
    TaskGroup.run((TaskGroup group) -> escaped.set(group));
    assertThrows(GroupEndedException.class, () -> escaped.get().own(() -> {}));
  }

  @Test
  void startUntilReady_returnsWhatTheTaskSaidAndItGoesOn() throws Exception {
    VirtualTime.run(
        root -> {
          var served = new AtomicInteger();
          TaskGroup.run(
              group -> {
                int port =
                    group.<Integer>startUntilReady(
                        "server",
                        ready -> {
                          sleep(ofSeconds(1));
                          ready.complete(8080);
                          while (true) {
                            sleep(ofSeconds(1));
                            served.incrementAndGet();
                          }
                        });
                assertEquals(8080, port);
                assertEquals(ofSeconds(1), VirtualTime.elapsed());
                sleep(ofSeconds(3).plusMillis(500));
              });
          assertEquals(3, served.get());
        });
  }

  @Test
  void startUntilReady_failsBefore_throwsThatFailure() {
    var error =
        assertThrows(
            TaskFailedException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) ->
                        group.startUntilReady(
                            "server",
                            ready -> {
                              throw new IOException("port in use");
                            })));
    assertEquals("port in use", error.getCause().getMessage());
  }

  @Test
  void startUntilReady_failsAfter_isAFailureOfTheGroup() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> {
                      group.<Integer>startUntilReady(
                          "server",
                          ready -> {
                            ready.complete(1);
                            throw new IOException("connection lost");
                          });
                      sleep(ofSeconds(60));
                    }));
    assertEquals("connection lost", error.getCause().getMessage());
  }

  @Test
  void startUntilReady_returnsWithoutAWord_isToldSo() {
    var error =
        assertThrows(
            IllegalStateException.class,
            () -> TaskGroup.run((TaskGroup group) -> group.startUntilReady("server", ready -> {})));
    assertTrue(error.getMessage().contains("server returned without"), error.getMessage());
  }

  @Test
  void complete_twice_isRefused() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) ->
                        group.<Integer>startUntilReady(
                            "server",
                            ready -> {
                              ready.complete(1);
                              ready.complete(2);
                            })));
    assertTrue(error.getMessage().contains("say it once"), error.getMessage());
  }
}
