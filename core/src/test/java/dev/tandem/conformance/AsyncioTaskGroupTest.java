package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Outcome.Success;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of TaskGroup: results, failures, and who may start what. */
final class AsyncioTaskGroupTest {

  @Test
  void run_childrenEndAfterTheBody_theirResultsCanBeReadAfterwards() throws Exception {
    VirtualTime.run(
        root -> {
          List<Task<Integer>> tasks =
              TaskGroup.run(
                  group -> {
                    Task<Integer> first = group.start(() -> after(100, 42));
                    Task<Integer> second = group.start(() -> after(200, 11));
                    return List.of(first, second);
                  });
          assertEquals(42, tasks.get(0).await());
          assertEquals(11, tasks.get(1).await());
          assertEquals(ofMillis(200), VirtualTime.elapsed());
        });
  }

  @Test
  void start_whileTheFirstChildHasEnded_isOneMoreChild() throws Exception {
    VirtualTime.run(
        root -> {
          List<Task<Integer>> tasks =
              TaskGroup.run(
                  group -> {
                    Task<Integer> first = group.start(() -> after(100, 42));
                    sleep(ofMillis(150));
                    return List.of(first, group.start(() -> after(200, 11)));
                  });
          assertEquals(42, tasks.get(0).await());
          assertEquals(11, tasks.get(1).await());
          assertEquals(ofMillis(350), VirtualTime.elapsed());
        });
  }

  @Test
  void run_severalChildrenFailAtOneInstant_noneIsLostAndTheRestIsCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var bodyCancelled = new AtomicBoolean();
          var sleeper = new AtomicReference<@Nullable Task<?>>();
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            for (int i = 0; i < 3; i++) {
                              group.start(() -> failAfter(100));
                            }
                            sleeper.set(group.start(() -> sleep(ofSeconds(5))));
                            try {
                              sleep(ofSeconds(10));
                            } catch (CancelledException stopped) {
                              bodyCancelled.set(true);
                              throw stopped;
                            }
                          }));
          assertTrue(
              error.failures().stream().allMatch(one -> one.failure() instanceof IOException));
          assertTrue(bodyCancelled.get());
          assertEquals(TaskState.CANCELLED, sleeper.get().state());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void run_bodyThrowsBeforeAnyChildCouldRun_cancelsThemAndThrowsItsOwn() {
    List<Task<?>> children = new ArrayList<>();
    var mine = new IOException("mine");
    var error =
        assertThrows(
            IOException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            children.add(group.start(() -> sleep(ofSeconds(1))));
                            children.add(group.start(() -> sleep(ofSeconds(2))));
                            throw mine;
                          });
                    }));
    assertSame(mine, error);
    assertEquals(
        List.of(TaskState.CANCELLED, TaskState.CANCELLED),
        children.stream().map(Task::state).toList());
  }

  @Test
  void run_childOfTheOuterGroupFails_theInnerGroupIsCancelledAndOnlyTheFailureIsReported()
      throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          outer -> {
                            outer.start("bad", () -> failAfter(100));
                            TaskGroup.run(
                                inner -> {
                                  inner.start("worse", () -> failAfter(10_000));
                                });
                          }));
          assertEquals(List.of("bad"), paths(error));
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void run_childOfTheInnerGroupFails_theOuterThrowsTheInnersExceptionItself() throws Exception {
    VirtualTime.run(
        root -> {
          var ofTheInner = new AtomicReference<@Nullable Throwable>();
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup outer) -> {
                            outer.start("worse", () -> failAfter(10_000));
                            try {
                              TaskGroup.run(
                                  inner -> {
                                    inner.start("bad", () -> failAfter(100));
                                  });
                            } catch (TaskGroupException failed) {
                              ofTheInner.set(failed);
                              throw failed;
                            }
                          }));
          assertSame(ofTheInner.get(), error);
          assertEquals(List.of("bad"), paths(error));
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void run_bodyFailsInItsCleanupAfterAChildFailed_throwsTheBodysWithTheChildsSuppressed()
      throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start("bad", () -> failAfter(100));
                            try {
                              sleep(ofSeconds(10));
                            } finally {
                              failing("cleanup");
                            }
                          }));
          assertEquals("cleanup", error.getMessage());
          assertEquals(List.of("bad"), suppressedPaths(error));
        });
  }

  @Test
  void run_bodyThrowsAnErrorAfterAChildFailed_throwsTheErrorWithTheChildsSuppressed()
      throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  AssertionError.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start("bad", () -> failAfter(100));
                            try {
                              sleep(ofSeconds(10));
                            } catch (CancelledException stopped) {
                              throw new AssertionError("a bug", stopped);
                            }
                          }));
          assertEquals("a bug", error.getMessage());
          assertEquals(List.of("bad"), suppressedPaths(error));
        });
  }

  @Test
  void run_childThrowsAnErrorAndTheBodyFailsToo_bothAreReported() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start(
                                "bad",
                                () -> {
                                  sleep(ofMillis(100));
                                  throw new AssertionError("a bug");
                                });
                            try {
                              sleep(ofSeconds(10));
                            } finally {
                              failing("cleanup");
                            }
                          }));
          assertEquals("cleanup", error.getMessage());
          assertInstanceOf(AssertionError.class, error.getSuppressed()[0].getCause());
        });
  }

  @Test
  void group_childrenThatEnded_areNotKept() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 10; i++) {
                  sleep(ofMillis(100));
                  group.start(() -> sleep(ofMillis(250)));
                }
                assertTrue(group.toString().endsWith(", 3 running"), group.toString());
                sleep(ofSeconds(1));
                assertTrue(group.toString().endsWith(", 0 running"), group.toString());
              });
        });
  }

  @Test
  void start_byAChild_isWaitedForToo() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.start(
                    () -> {
                      sleep(ofMillis(100));
                      group.start(() -> sleep(ofMillis(100)));
                      group.start(() -> sleep(ofMillis(200)));
                    });
              });
          assertEquals(ofMillis(300), VirtualTime.elapsed());
        });
  }

  @Test
  void run_childrenThatKeepStartingChildren_endWhenOneFails() throws Exception {
    VirtualTime.run(
        root -> {
          var hydras = new AtomicInteger();
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start(() -> hydra(group, hydras));
                            group.start("hercules", () -> failAfter(45));
                          }));
          assertEquals(List.of("hercules"), paths(error));
          assertTrue(hydras.get() >= 10, hydras + " hydras");
          assertEquals(ofMillis(45), VirtualTime.elapsed());
        });
  }

  @Test
  void start_withAName_theTaskIsCalledSoInsideAndOutside() throws Exception {
    TaskGroup.run(
        group -> {
          Task<String> task = group.start("yolo", Tandem::currentPath);
          assertEquals("yolo", task.name());
          assertEquals("yolo", task.await());
        });
  }

  @Test
  void start_byAChildOfATaskThatFails_cancelsWhoStartedIt() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicBoolean();
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start(
                                "second",
                                () -> {
                                  group.start("third", () -> failing("third"));
                                  assertThrows(
                                      CancelledException.class, () -> sleep(ofSeconds(10)));
                                  cancelled.set(true);
                                });
                          }));
          assertEquals(List.of("third"), paths(error));
          assertTrue(cancelled.get());
        });
  }

  @Test
  void run_failed_leavesNoCancellationBehind() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              TaskGroupException.class,
              () ->
                  TaskGroup.run(
                      group -> {
                        group.start(() -> failing("bad"));
                      }));
          assertFalse(Thread.currentThread().isInterrupted());
          sleep(ofSeconds(1));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void start_whereTheStarterHasAnInheritableThreadLocal_theTaskSeesItsValue() throws Exception {
    var local = new InheritableThreadLocal<@Nullable String>();
    local.set("of the starter");
    try {
      Optional<String> seen =
          TaskGroup.run(
              (TaskGroup group) -> group.start(() -> Optional.ofNullable(local.get())).await());
      assertEquals(Optional.of("of the starter"), seen);
    } finally {
      local.remove();
    }
  }

  @Test
  void outcome_ofATask_isThereOnceTheGroupHasEnded() throws Exception {
    Task<Integer> task = TaskGroup.run((TaskGroup group) -> group.start("answer", () -> 42));
    assertEquals(Optional.of(new Success<>("answer", 42)), task.outcome());
  }

  private static void hydra(TaskGroup group, AtomicInteger count) throws InterruptedException {
    count.incrementAndGet();
    sleep(ofMillis(10));
    group.start(() -> hydra(group, count));
    group.start(() -> hydra(group, count));
  }

  private static int after(int millis, int value) throws InterruptedException {
    sleep(ofMillis(millis));
    return value;
  }

  private static void failAfter(int millis) throws IOException, InterruptedException {
    sleep(ofMillis(millis));
    throw new IOException("after " + millis);
  }

  private static void failing(String message) {
    throw new IllegalStateException(message);
  }

  private static List<String> paths(TaskGroupException error) {
    return error.failures().stream().map(TaskFailedException::path).toList();
  }

  private static List<String> suppressedPaths(Throwable error) {
    return Arrays.stream(error.getSuppressed())
        .map(one -> assertInstanceOf(TaskFailedException.class, one).path())
        .toList();
  }
}
