package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TaskGroupTest {

  @Test
  void run_bodyReturnsFirst_waitsForEveryChild() throws Exception {
    VirtualTime.run(
        root -> {
          var ended = new AtomicBoolean();
          String value =
              TaskGroup.run(
                  group -> {
                    group.start(
                        "slow",
                        () -> {
                          sleep(ofSeconds(3));
                          ended.set(true);
                        });
                    return "body";
                  });
          assertEquals("body", value);
          assertTrue(ended.get());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void start_byAGrandchildWhileTheGroupJoins_isWaitedForToo() throws Exception {
    VirtualTime.run(
        root -> {
          List<String> seen = Collections.synchronizedList(new ArrayList<>());
          TaskGroup.run(
              group -> {
                group.start(
                    "child",
                    () -> {
                      sleep(ofSeconds(1));
                      TaskGroup.run(
                          inner -> {
                            inner.start(
                                "nested", () -> group.start("late", () -> seen.add("late")));
                          });
                    });
              });
          assertEquals(List.of("late"), seen);
        });
  }

  @Test
  void start_afterTheGroupEnded_isRefused() throws Exception {
    var escaped = new AtomicReference<@Nullable TaskGroup>();
    TaskGroup.run((TaskGroup group) -> escaped.set(group));
    TaskGroup ended = escaped.get();
    var refusal = assertThrows(GroupEndedException.class, () -> ended.start("late", () -> {}));
    assertTrue(refusal.getMessage().contains("takes no more children"), refusal.getMessage());
  }

  @Test
  void start_fromAThreadOutsideTheGroup_isRefused() throws Exception {
    var refusal = new AtomicReference<@Nullable Throwable>();
    TaskGroup.run(
        group -> {
          Thread stranger =
              Thread.ofPlatform()
                  .start(
                      () ->
                          refusal.set(
                              assertThrows(
                                  StructureException.class, () -> group.start("x", () -> {}))));
          stranger.join();
        });
    assertTrue(refusal.get().getMessage().contains("thread outside it"));
  }

  @Test
  void start_inACancelledGroup_endsWithoutHavingRun() throws Exception {
    var ran = new AtomicBoolean();
    var task = new AtomicReference<@Nullable Task<?>>();
    TaskGroup.run(
        group -> {
          group.cancel("enough");
          task.set(group.start("late", () -> ran.set(true)));
        });
    assertEquals(TaskState.CANCELLED, task.get().state());
    assertTrue(!ran.get());
  }

  @Test
  void await_byAThreadOutside_completesWhenTheGroupIsCancelled() throws Exception {
    var escaped = new AtomicReference<@Nullable Task<?>>();
    assertThrows(
        IllegalStateException.class,
        () ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  escaped.set(group.start("sleeper", () -> sleep(ofSeconds(1000))));
                  throw new IllegalStateException("body");
                }));
    var error = assertThrows(TaskCancelledException.class, () -> escaped.get().await());
    assertTrue(error.getMessage().startsWith("sleeper was cancelled: "), error.getMessage());
  }

  @Test
  void cancel_oneTask_leavesItsSiblingsAlone() throws Exception {
    VirtualTime.run(
        root -> {
          String value =
              TaskGroup.run(
                  group -> {
                    Task<?> first = group.start("first", () -> sleep(ofSeconds(60)));
                    Task<String> second =
                        group.start(
                            "second",
                            () -> {
                              sleep(ofSeconds(2));
                              return "kept";
                            });
                    sleep(ofSeconds(1));
                    assertTrue(first.cancel("not needed"));
                    var why = assertThrows(TaskCancelledException.class, first::await);
                    assertEquals("not needed", why.cancellation().reason());
                    return second.await();
                  });
          assertEquals("kept", value);
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_theGroup_endsAVoidBodyQuietlyAndAValuedOneWithTheReason() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.start(
                    "stopper",
                    () -> {
                      sleep(ofSeconds(1));
                      group.cancel("enough");
                    });
                sleep(ofSeconds(60));
              });
          var error =
              assertThrows(
                  CancelledException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start("stopper", () -> group.cancel("really enough"));
                            sleep(ofSeconds(60));
                            return "never";
                          }));
          assertEquals("really enough", error.cancellation().reason());
          assertEquals("stopper", error.cancellation().requester());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void startDaemon_whenTheWorkIsDone_isCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var ticks = new ArrayList<Long>();
          TaskGroup.run(
              group -> {
                group.startDaemon(
                    "ticker",
                    () -> {
                      while (true) {
                        ticks.add(VirtualTime.elapsed().toSeconds());
                        sleep(ofSeconds(5));
                      }
                    });
                sleep(ofSeconds(12));
              });
          assertEquals(List.of(0L, 5L, 10L), ticks);
          assertEquals(ofSeconds(12), VirtualTime.elapsed());
        });
  }

  @Test
  void run_bodyReturnsAlthoughCancelledAndOnlyDaemonsWereCutShort_returnsItsValue()
      throws Exception {
    VirtualTime.run(
        root -> {
          String value =
              Tandem.timeout(
                  ofSeconds(1),
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.startDaemon("server", () -> sleep(ofSeconds(60)));
                            try {
                              sleep(ofSeconds(60));
                            } catch (CancelledException stopped) {
                              return "partial report";
                            }
                            return "full report";
                          }));
          assertEquals("partial report", value);
        });
  }

  @Test
  void await_withATimeLimit_leavesTheTaskRunning() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                Task<String> task =
                    group.start(
                        "slow",
                        () -> {
                          sleep(ofSeconds(2));
                          return "done";
                        });
                assertTrue(task.await(ofSeconds(1)).isEmpty());
                assertEquals(TaskState.RUNNING, task.state());
                assertEquals(new Outcome.Success<>("slow", "done"), task.await(ofSeconds(5)).get());
              });
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void currentPath_inATask_namesEveryTaskDownToIt() throws Exception {
    var path = new AtomicReference<String>();
    Tandem.run(
        group -> {
          group.start(
              "fleet",
              () ->
                  TaskGroup.run(
                      "hosts",
                      inner -> {
                        inner.start("check", () -> path.set(Tandem.currentPath()));
                      }));
        });
    assertEquals("main/fleet/hosts/check", path.get());
    assertEquals("", Tandem.currentPath());
  }
}
