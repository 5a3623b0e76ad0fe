package dev.tandem.conformance;

import static dev.tandem.Tandem.shield;
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
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of TaskGroup in which somebody outside cancels it. */
final class AsyncioTaskGroupCancelTest {

  @Test
  void cancel_theTaskAroundAGroup_reachesEveryChildAndCarriesTheMessage() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicInteger();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      TaskGroup.run(
                          group -> {
                            startSleepers(group, cancelled);
                          }));
          sleep(ofMillis(100));
          assertEquals(TaskState.RUNNING, runner.state());
          assertTrue(runner.cancel("test"));
          var error = assertThrows(TaskCancelledException.class, runner::await);
          assertEquals("test", error.cancellation().reason());
          assertEquals(5, cancelled.get());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_theTaskAroundAGroup_reachesTheBodyToo() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicInteger();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            startSleepers(group, cancelled);
                            countingSleep(10, cancelled);
                          }));
          sleep(ofMillis(100));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertEquals(15, cancelled.get());
        });
  }

  @Test
  void cancel_theTaskAroundAGroupWithoutChildren_cancelsTheBody() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicInteger();
          Task<?> runner =
              root.start(
                  "runner", () -> TaskGroup.run((TaskGroup group) -> countingSleep(10, cancelled)));
          sleep(ofMillis(100));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertEquals(10, cancelled.get());
        });
  }

  @Test
  void cancel_theTaskAroundNestedGroups_isCancelledAsAWhole() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicInteger();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      TaskGroup.run(
                          outer -> {
                            outer.start(() -> countingSleep(1, cancelled));
                            TaskGroup.run(
                                (TaskGroup inner) -> {
                                  startSleepers(inner, cancelled);
                                  countingSleep(10, cancelled);
                                });
                          }));
          sleep(ofMillis(100));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertEquals(16, cancelled.get());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_theBodyWantsToWaitInItsCleanup_theWaitThrowsAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var child = new AtomicReference<@Nullable Task<?>>();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      TaskGroup.run(
                          group -> {
                            child.set(group.start(() -> failAfter(300)));
                            try {
                              sleep(ofSeconds(10));
                            } finally {
                              sleep(ofMillis(500));
                            }
                          }));
          sleep(ofMillis(100));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertEquals(TaskState.CANCELLED, child.get().state());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_theBodyWaitsInAShieldInItsCleanup_itMayAndTheChildrenAreCancelledAtOnce()
      throws Exception {
    VirtualTime.run(
        root -> {
          var cleanedUp = new AtomicBoolean();
          var child = new AtomicReference<@Nullable Task<?>>();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      TaskGroup.run(
                          group -> {
                            child.set(group.start(() -> failAfter(300)));
                            try {
                              sleep(ofSeconds(10));
                            } finally {
                              shield(
                                  () -> {
                                    sleep(ofMillis(500));
                                    cleanedUp.set(true);
                                  });
                            }
                          }));
          sleep(ofMillis(100));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertTrue(cleanedUp.get());
          assertEquals(TaskState.CANCELLED, child.get().state());
          assertEquals(ofMillis(600), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_theBodyAnswersWithAnExceptionOfItsOwn_thatIsThrown() throws Exception {
    VirtualTime.run(
        root -> {
          var mine = new IOException("mine");
          var seen = new AtomicReference<@Nullable Throwable>();
          Task<?> runner =
              root.start(
                  "runner",
                  () -> {
                    seen.set(
                        assertThrows(
                            IOException.class,
                            () ->
                                TaskGroup.run(
                                    (TaskGroup group) -> {
                                      try {
                                        sleep(ofSeconds(10));
                                      } catch (CancelledException stopped) {
                                        throw mine;
                                      }
                                    })));
                  });
          sleep(ofMillis(100));
          runner.cancel("test");
          runner.await();
          assertSame(mine, seen.get());
        });
  }

  @Test
  void cancel_afterAChildFailed_theFailureIsThrownAndTheNextWaitIsCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var caught = new AtomicBoolean();
          Task<?> runner =
              root.start(
                  "runner",
                  () -> {
                    assertThrows(
                        TaskGroupException.class,
                        () ->
                            TaskGroup.run(
                                group -> {
                                  group.start(() -> failAfter(100));
                                  shield(() -> sleep(ofMillis(300)));
                                }));
                    caught.set(true);
                    sleep(ofSeconds(10));
                  });
          sleep(ofMillis(200));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertTrue(caught.get());
          assertEquals(ofMillis(300), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_beforeAChildFails_theCancellationIsThrownWithTheFailureSuppressed() throws Exception {
    VirtualTime.run(
        root -> {
          var thrown = new AtomicReference<@Nullable Throwable>();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      thrown.set(
                          assertThrows(
                              CancelledException.class,
                              () ->
                                  TaskGroup.run(
                                      AsyncioTaskGroupCancelTest::sleepWithAChildThatFailsAfter))));
          sleep(ofMillis(100));
          runner.cancel("test");
          runner.await();
          var failed = assertInstanceOf(TaskFailedException.class, thrown.get().getSuppressed()[0]);
          assertEquals("runner/bad", failed.path());
        });
  }

  @Test
  void run_innerAndOuterGroupFail_eachThrowsItsOwnFailure() throws Exception {
    VirtualTime.run(
        root -> {
          var inner = new AtomicReference<@Nullable TaskGroupException>();
          var outer =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          around -> {
                            inner.set(
                                assertThrows(
                                    TaskGroupException.class,
                                    () ->
                                        TaskGroup.run(
                                            within -> {
                                              within.start("first", () -> failAfter(100));
                                              around.start("second", () -> failAfter(200));
                                              shield(() -> sleep(ofMillis(300)));
                                            })));
                            assertThrows(CancelledException.class, () -> sleep(ofSeconds(10)));
                          }));
          assertEquals(List.of("first"), paths(inner.get()));
          assertEquals(List.of("second"), paths(outer));
          sleep(ofSeconds(1));
          assertFalse(Thread.currentThread().isInterrupted());
        });
  }

  @Test
  void cancel_theTaskAroundAGroup_noChildOutlivesIt() throws Exception {
    VirtualTime.run(
        root -> {
          List<Task<?>> children = new ArrayList<>();
          Task<?> runner =
              root.start(
                  "runner",
                  () ->
                      TaskGroup.run(
                          group -> {
                            children.add(group.start(() -> sleep(ofSeconds(1))));
                            children.add(group.start(() -> sleep(ofSeconds(2))));
                          }));
          sleep(ofMillis(50));
          runner.cancel("test");
          assertThrows(TaskCancelledException.class, runner::await);
          assertEquals(
              List.of(TaskState.CANCELLED, TaskState.CANCELLED),
              children.stream().map(Task::state).toList());
        });
  }

  private static void sleepWithAChildThatFailsAfter(TaskGroup group) throws InterruptedException {
    group.start(
        "bad",
        () -> {
          try {
            sleep(ofSeconds(10));
          } finally {
            throwing("disk");
          }
        });
    sleep(ofSeconds(10));
  }

  private static void startSleepers(TaskGroup group, AtomicInteger cancelled) {
    for (int i = 0; i < 5; i++) {
      group.start(() -> countingSleep(1, cancelled));
    }
  }

  private static void countingSleep(int weight, AtomicInteger cancelled)
      throws InterruptedException {
    try {
      sleep(ofSeconds(10));
    } catch (CancelledException stopped) {
      cancelled.addAndGet(weight);
      throw stopped;
    }
  }

  private static void failAfter(int millis) throws IOException, InterruptedException {
    sleep(ofMillis(millis));
    throw new IOException("after " + millis);
  }

  private static void throwing(String message) throws IOException {
    throw new IOException(message);
  }

  private static List<String> paths(TaskGroupException error) {
    return error.failures().stream().map(TaskFailedException::path).toList();
  }
}
