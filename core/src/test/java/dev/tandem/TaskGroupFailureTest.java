package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a group makes of the failures of its children and of its body. */
final class TaskGroupFailureTest {

  @Test
  void run_childFails_cancelsSiblingsAndBodyAtThatInstant() throws Exception {
    VirtualTime.run(
        root -> {
          var sibling = new AtomicReference<@Nullable Throwable>();
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start(
                                "bad",
                                () -> {
                                  sleep(ofSeconds(1));
                                  throw new IOException("gone");
                                });
                            group.start(
                                "sibling",
                                () -> {
                                  try {
                                    sleep(ofSeconds(60));
                                  } catch (CancelledException stopped) {
                                    sibling.set(stopped);
                                    throw stopped;
                                  }
                                });
                            sleep(ofSeconds(60));
                          }));
          assertInstanceOf(IOException.class, error.getCause());
          assertEquals(1, error.failureCount());
          assertEquals("bad", error.failures().getFirst().path());
          assertTrue(
              sibling.get().getMessage().contains("bad failed: java.io.IOException: gone"),
              sibling.get().getMessage());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void run_bodyThrows_rethrowsItsOwnTypeWithTheChildrensFailures() throws Exception {
    VirtualTime.run(
        root -> {
          var mine = new IOException("mine");
          var error =
              assertThrows(
                  IOException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            group.start(
                                "cleanup",
                                () -> {
                                  try {
                                    sleep(ofSeconds(60));
                                  } finally {
                                    throwing("disk");
                                  }
                                });
                            sleep(ofSeconds(1));
                            throw mine;
                          }));
          assertSame(mine, error);
          var failed = assertInstanceOf(TaskFailedException.class, error.getSuppressed()[0]);
          assertEquals("cleanup", failed.path());
          assertEquals("disk", failed.failure().getMessage());
        });
  }

  @Test
  void run_bodyAwaitsAFailingChild_reportsTheFailureOnce() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> group.start("bad", () -> throwing("once")).await()));
    assertEquals("once", error.getCause().getMessage());
    assertEquals(1, error.failureCount());
    assertEquals(0, error.getSuppressed().length);
  }

  @Test
  void collect_closingFailsAfterAwaitingAFailedChild_bothFailuresAreTold() {
    var stuck = new IOException("stuck");
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.collect(
                    (TaskGroup group) -> {
                      Task<?> bad = group.start("bad", () -> throwing("gone"));
                      try (Closeable _ = failingToClose(stuck)) {
                        bad.await();
                      }
                    }));
    assertEquals("gone", error.getCause().getMessage());
    assertEquals(2, error.failureCount());
    var second = error.failures().getLast();
    assertSame(stuck, second.failure());
    assertEquals("the task group", second.path());
  }

  @Test
  void run_closingFailsAfterAwaitingAFailedChild_bothFailuresAreTold() throws Exception {
    VirtualTime.run(
        root -> {
          var stuck = new IOException("stuck");
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          "crew",
                          (TaskGroup group) -> {
                            Task<?> bad = group.start("bad", () -> throwing("gone"));
                            try (Closeable _ = failingToClose(stuck)) {
                              echoOf(bad);
                            }
                          }));
          assertEquals("gone", error.getCause().getMessage());
          assertEquals(2, error.failureCount());
          assertSame(stuck, error.failures().getLast().failure());
        });
  }

  @Test
  void collect_closingAwaitsAnotherFailedChild_eachFailureIsToldOnce() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.collect(
                    (TaskGroup group) -> {
                      Task<?> first = group.start("first", () -> throwing("one"));
                      Task<?> second = group.start("second", () -> throwing("two"));
                      try (Closeable _ = () -> echoOf(second)) {
                        first.await();
                      }
                    }));
    assertEquals(2, error.failureCount());
  }

  @Test
  void collect_closingIsInterruptedFromOutsideAfterAnEcho_thatIsToldToo() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.collect(
                    (TaskGroup group) -> {
                      Task<?> bad = group.start("bad", () -> throwing("gone"));
                      try (AutoCloseable _ = TaskGroupFailureTest::sleepInterrupted) {
                        bad.await();
                      }
                    }));
    assertEquals(2, error.failureCount());
    assertInstanceOf(InterruptedException.class, error.failures().getLast().failure());
  }

  @Test
  void run_closingAwaitsTheFailedChildDuringTheCancellation_theFailureIsToldOnce()
      throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            Task<?> bad = group.start("bad", () -> throwing("gone"));
                            try (Closeable _ = () -> echoOf(bad)) {
                              sleep(ofSeconds(60));
                            }
                          }));
          assertEquals(1, error.failureCount());
        });
  }

  @Test
  void run_bodyRethrowsTheCauseOfAChildsFailure_throwsThatVeryException() {
    var gone = new IOException("gone");
    var error =
        assertThrows(
            IOException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> {
                      Task<?> bad =
                          group.start(
                              "bad",
                              () -> {
                                throw gone;
                              });
                      assertTrue(bad.outcome().isEmpty() || !bad.outcome().get().isSuccess());
                      while (bad.outcome().isEmpty()) {
                        Thread.onSpinWait();
                      }
                      throw gone;
                    }));
    assertSame(gone, error);
  }

  @Test
  void run_hundredsFail_keepsTheFirstAndCountsAll() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          "crowd",
                          group -> {
                            for (int i = 0; i < 300; i++) {
                              group.start(
                                  "t" + i,
                                  () -> {
                                    try {
                                      sleep(ofSeconds(1));
                                    } finally {
                                      throwing("failed");
                                    }
                                  });
                            }
                          }));
          assertEquals(300, error.failureCount());
          assertEquals(Defaults.FAILURES_KEPT, error.failures().size());
          assertEquals(Defaults.FAILURES_KEPT - 1, error.getSuppressed().length);
          assertTrue(error.getMessage().startsWith("task group crowd had 300 failures, first: "));
          assertTrue(error.failures().getFirst().path().startsWith("crowd/t"));
        });
  }

  @Test
  void run_failuresDuringACancellationFromAround_areSuppressedInIt() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      Tandem.timeout(
                          ofSeconds(1),
                          () ->
                              TaskGroup.run(
                                  group -> {
                                    group.start(
                                        "cleanup",
                                        () -> {
                                          try {
                                            sleep(ofSeconds(60));
                                          } finally {
                                            throwing("disk");
                                          }
                                        });
                                  })));
          Throwable stopped = error.getCause();
          assertInstanceOf(CancelledException.class, stopped);
          assertEquals("disk", stopped.getSuppressed()[0].getCause().getMessage());
        });
  }

  @Test
  void run_cleanupFailsAfterAnInterrupt_isNotLostEither() {
    var begun = new CountDownLatch(1);
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> {
                      group.start(
                          "cleanup",
                          () -> {
                            begun.countDown();
                            try {
                              Thread.sleep(60_000);
                            } catch (InterruptedException stopped) {
                              throw new IOException("disk");
                            }
                          });
                      // A task that is cancelled before it begins would have nothing to clean up.
                      begun.await();
                      group.start("bad", () -> throwing("first"));
                    }));
    assertEquals(2, error.failureCount());
    assertEquals("first", error.getCause().getMessage());
    assertEquals("disk", error.getSuppressed()[0].getCause().getMessage());
  }

  private static Closeable failingToClose(IOException failure) {
    return () -> {
      throw failure;
    };
  }

  private static void sleepInterrupted() throws InterruptedException {
    Thread.currentThread().interrupt();
    sleep(ofSeconds(60));
  }

  /** Awaits a task that fails, even in a group that is cancelled for it. */
  private static void echoOf(Task<?> failing) {
    try {
      Tandem.<@Nullable Object, RuntimeException>shield(ofSeconds(10), failing::await);
    } catch (InterruptedException stopped) {
      throw new AssertionError("the shield was entered in a cancelled scope", stopped);
    }
  }

  private static void throwing(String message) throws IOException {
    throw new IOException(message);
  }
}
