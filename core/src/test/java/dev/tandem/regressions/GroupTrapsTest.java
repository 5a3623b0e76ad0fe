package dev.tandem.regressions;

import static dev.tandem.Tandem.asCompleted;
import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.TaskState;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Traps that others fell into with groups of tasks, one test each, with where it was reported. */
final class GroupTrapsTest {

  // cpython#155433: a group that cancelled itself swallowed the cancellation from outside it.
  @Test
  void cancel_theGroupWhileTheOuterIsCancelledToo_doesNotSwallowTheOuters() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          ofSeconds(1),
                          () -> {
                            TaskGroup.run(
                                group -> {
                                  try {
                                    sleep(ofSeconds(60));
                                  } finally {
                                    group.cancel("enough");
                                  }
                                });
                            // Where the group's own cancellation ended it quietly.
                            sleep(ofSeconds(60));
                          }));
          assertInstanceOf(CancelledException.class, error.getCause());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  // cpython#155418: a task cancelled before its first wait hung, or ran all the same.
  @Test
  void cancel_beforeTheFirstWait_endsTheTask() throws Exception {
    VirtualTime.run(
        root -> {
          var ran = new AtomicBoolean();
          TaskGroup.run(
              group -> {
                group.cancel("at once");
                Task<?> never = group.start("never", () -> ran.set(true));
                assertEquals(TaskState.CANCELLED, never.state());
              });
          assertFalse(ran.get());
        });
  }

  // jox: the handle of a failed fork never completed for whoever held it outside; ox#164: two
  // failures at once, and the program hung.
  @Test
  void handle_thatEscapes_completesHoweverTheGroupEnds() throws Exception {
    var escaped = new ArrayList<Task<?>>();
    assertThrows(
        TaskGroupException.class,
        () ->
            TaskGroup.run(
                group -> {
                  var together = new CountDownLatch(2);
                  for (int i = 0; i < 2; i++) {
                    escaped.add(
                        group.start(
                            () -> {
                              together.countDown();
                              together.await();
                              throw new IOException("at once");
                            }));
                  }
                  escaped.add(group.start(() -> sleep(ofSeconds(60))));
                }));
    for (Task<?> task : escaped) {
      assertTrue(task.outcome().isPresent());
      assertThrows(RuntimeException.class, task::await);
    }
  }

  // ox#164, the failing children awaited by each other.
  @Test
  void twoFailuresAtOnce_areBothToldAndNothingHangs() {
    var failed =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      for (int i = 0; i < 2; i++) {
                        root.start(
                            () -> {
                              sleep(ofSeconds(1));
                              throw new IOException("at once");
                            });
                      }
                    }));
    assertTrue(failed.failures().size() >= 1);
  }

  // guava#6794: what a task throws while it is being cancelled was lost.
  @Test
  void failure_whileBeingCancelled_isNotLost() {
    var failed =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      Task<?> victim =
                          root.start(
                              "victim",
                              () -> {
                                try {
                                  sleep(ofSeconds(60));
                                } catch (CancelledException stopped) {
                                  throw new IOException("the clean-up failed");
                                }
                              });
                      sleep(ofSeconds(1));
                      victim.cancel("not needed");
                    }));
    assertEquals("the clean-up failed", failed.failures().getFirst().getCause().getMessage());
  }

  // openjdk/jdk#21934: only the first of several failures was reported.
  @Test
  void severalFailures_areAllThereWithTheirPaths() {
    var failed =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.collect(
                    group -> {
                      for (String name : List.of("a", "b", "c")) {
                        group.start(
                            name,
                            () -> {
                              throw new IOException(name);
                            });
                      }
                    }));
    assertEquals(
        List.of("a", "b", "c"),
        failed.failures().stream().map(TaskFailedException::path).sorted().toList());
  }

  // conc#106: a panic did not cancel the others.
  @Test
  void error_ofAChild_cancelsTheOthers() throws Exception {
    VirtualTime.run(
        root -> {
          var failed =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start(() -> sleep(ofSeconds(60)));
                            group.start(
                                () -> {
                                  throw new AssertionError("a bug");
                                });
                          }));
          assertInstanceOf(AssertionError.class, failed.failures().getFirst().failure());
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  // anyio#1145, cpython#90155: a cancelled waiter took its wake-up along, and all stood still.
  @Test
  void acquire_cancelledWhileItIsHandedThePermit_passesItOn() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          var held = gate.acquire();
          Task<?> first = root.start(() -> gate.acquire().close());
          Task<?> second = root.start(() -> gate.acquire().close());
          sleep(ofSeconds(1));
          first.cancel("gives up");
          held.close();
          second.await();
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  // asyncio: tasks that nobody refers to vanished in the middle of their work.
  @Test
  void task_withoutAHandle_runsToItsEnd() throws Exception {
    var done = new AtomicInteger();
    TaskGroup.run(
        group -> {
          var forgotten = new WeakReference<Task<?>>(group.start(() -> finishAfterAPause(done)));
          System.gc();
          assertTrue(forgotten.refersTo(null) || forgotten.get() != null);
        });
    assertEquals(1, done.get());
  }

  private static void finishAfterAPause(AtomicInteger done) throws InterruptedException {
    sleep(ofMillis(20));
    done.incrementAndGet();
  }

  // cpython#75633: the siblings of a failed awaitable went on after gather had thrown.
  @Test
  void gather_oneFails_theOthersHaveEndedWhenItThrows() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          assertThrows(
              IOException.class,
              () ->
                  gather(
                      List.of(0, 1, 2),
                      i -> {
                        running.incrementAndGet();
                        try {
                          sleep(ofSeconds(1 + 10L * i));
                          throw new IOException("the first");
                        } finally {
                          running.decrementAndGet();
                        }
                      }));
          assertEquals(0, running.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  // parallel-collectors#1274: clearing one's own interrupt cleared one from outside as well.
  @Test
  void group_cancelled_leavesAnEarlierInterruptFromOutside() throws Exception {
    var told = new AtomicReference<Throwable>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  try {
                    TaskGroup.run((TaskGroup group) -> group.cancel("enough"));
                    Thread.sleep(60_000);
                  } catch (Throwable seen) {
                    told.set(seen);
                  }
                });
    thread.join();
    assertEquals(InterruptedException.class, told.get().getClass());
  }

  // loom-dev: a scope that was cancelled left its owner blocked in the body.
  @Test
  void child_fails_theBodyInForeignCodeIsWokenToo() {
    assertThrows(
        TaskGroupException.class,
        () ->
            TaskGroup.run(
                group -> {
                  group.start(
                      () -> {
                        throw new IOException("broken");
                      });
                  new CountDownLatch(1).await();
                }));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  // cpython#99933: as_completed whose timeout came left the rest running.
  @Test
  void asCompleted_timeoutCutsTheLoopShort_theRestIsCancelledBeforeItIsLeft() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          var seen = new ArrayList<Integer>();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(2),
                      () -> {
                        for (var outcome : asCompleted(List.of(1, 3, 60), i -> work(i, running))) {
                          seen.add(outcome.item());
                        }
                      }));
          assertEquals(List.of(1), seen);
          assertEquals(0, running.get());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  private static int work(int seconds, AtomicInteger running) throws InterruptedException {
    running.incrementAndGet();
    try {
      sleep(ofSeconds(seconds));
      return seconds;
    } finally {
      running.decrementAndGet();
    }
  }

  // jox: an await of a cancelled fork looked like the awaiter's own cancellation.
  @Test
  void await_ofACancelledTask_isNotTheAwaitersCancellation() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> task = root.start(() -> sleep(ofSeconds(60)));
          task.cancel("not needed");
          assertThrows(TaskCancelledException.class, task::await);
          sleep(ofSeconds(1));
        });
  }
}
