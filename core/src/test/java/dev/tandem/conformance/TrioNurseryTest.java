package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The cases of Trio's tests of runs and nurseries. */
final class TrioNurseryTest {

  @Test
  void run_bodyReturns_givesItsValue() throws Exception {
    assertEquals(8, Tandem.run((TaskGroup group) -> 8));
  }

  @Test
  void run_bodyThrows_throwsThatVeryException() {
    var mine = new IllegalArgumentException("17");
    assertSame(
        mine,
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Tandem.run(
                    (TaskGroup group) -> {
                      throw mine;
                    })));
  }

  @Test
  void run_childFails_throwsAGroupExceptionWithThatVeryFailure() {
    var mine = new IOException("uh oh");
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    group -> {
                      group.start(
                          () -> {
                            throw mine;
                          });
                    }));
    assertSame(mine, error.getCause());
    assertSame(mine, error.failures().getFirst().failure());
  }

  @Test
  void run_childFailsBesideALoopOfCheckpoints_theLoopIsCancelled() throws Exception {
    var begun = new CountDownLatch(1);
    var cancelled = new AtomicBoolean();
    assertThrows(
        TaskGroupException.class,
        () ->
            Tandem.run(
                group -> {
                  group.start(
                      () -> {
                        begun.countDown();
                        try {
                          while (true) {
                            Tandem.checkpoint();
                          }
                        } catch (CancelledException stopped) {
                          cancelled.set(true);
                          throw stopped;
                        }
                      });
                  begun.await();
                  group.start(() -> failing("argh"));
                }));
    assertTrue(cancelled.get());
  }

  @Test
  void run_bodyAndChildFail_throwsTheBodysWithTheChildsSuppressed() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start("bad", () -> failAfter(1));
                            try {
                              sleep(ofSeconds(60));
                            } finally {
                              refusing("the body's");
                            }
                          }));
          assertEquals("the body's", error.getMessage());
          assertEquals("after 1", error.getSuppressed()[0].getCause().getMessage());
        });
  }

  @Test
  void run_twoChildrenFail_bothAreReported() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start("first", () -> failAfter(1));
                            group.start("second", () -> failInCleanup());
                          }));
          assertEquals(
              List.of("first", "second"),
              error.failures().stream().map(TaskFailedException::path).toList());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_aTreeOfGroups_reachesEveryLeaf() throws Exception {
    VirtualTime.run(
        root -> {
          Set<String> record = Collections.synchronizedSet(new TreeSet<>());
          TaskGroup.run(
              group -> {
                for (String worker : List.of("w1", "w2")) {
                  group.start(
                      worker,
                      () ->
                          TaskGroup.run(
                              inner -> {
                                inner.start("l1", () -> leaf(record));
                                inner.start("l2", () -> leaf(record));
                              }));
                }
                sleep(ofSeconds(1));
                group.cancel("test");
              });
          assertEquals(Set.of("w1/l1", "w1/l2", "w2/l1", "w2/l2"), record);
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_groupsWithChildrenOfWhichOneFails_onlyTheFailureComesOut() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup outer) ->
                              TaskGroup.run(
                                  (TaskGroup inner) -> {
                                    inner.start(() -> sleep(ofSeconds(60)));
                                    inner.start(() -> sleep(ofSeconds(60)));
                                    inner.start(
                                        "bad",
                                        () -> {
                                          try {
                                            sleep(ofSeconds(60));
                                          } finally {
                                            failing("while cancelled");
                                          }
                                        });
                                    inner.start(
                                        () -> {
                                          sleep(ofSeconds(1));
                                          inner.cancel("inner");
                                          outer.cancel("outer");
                                        });
                                    sleep(ofSeconds(60));
                                  })));
          assertEquals(1, error.failureCount());
          assertEquals("bad", error.failures().getFirst().path());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_bodyThrowsWhatIsNoCancellation_thatIsThrown() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start(
                                () -> {
                                  sleep(ofSeconds(1));
                                  group.cancel("test");
                                });
                            try {
                              sleep(ofSeconds(60));
                            } finally {
                              refusing("mine");
                            }
                          }));
          assertEquals("mine", error.getMessage());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_bodyThrowsAfterAnInterruptOfOurs_thatIsReportedInAGroupException() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    group -> {
                      // The body is not in a wait of Tandem, so the cancellation interrupts it.
                      group.cancel("test");
                      refusing("mine");
                    }));
    assertEquals("mine", error.getCause().getMessage());
  }

  @Test
  void run_nestedGroupsFailAtOnce_theInnersExceptionHasTheOutersChildSuppressed() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          outer -> {
                            outer.start("of the outer", () -> failAfter(1));
                            TaskGroup.run(
                                (TaskGroup inner) -> {
                                  inner.start("of the inner", () -> failInCleanup());
                                  sleep(ofSeconds(60));
                                });
                          }));
          assertEquals(
              List.of("of the outer", "of the inner"),
              error.failures().stream().map(TaskFailedException::path).toList());
        });
  }

  @Test
  void start_withANameOrWithout_theTaskHasOne() throws Exception {
    TaskGroup.run(
        group -> {
          Task<String> named = group.start("func3", Tandem::currentPath);
          Task<String> other = group.start(Tandem::currentPath);
          assertEquals("func3", named.await());
          assertEquals(other.name(), other.await());
        });
  }

  private static void leaf(Set<String> record) throws InterruptedException {
    try {
      sleep(ofSeconds(60));
    } catch (CancelledException stopped) {
      record.add(Tandem.currentPath());
      throw stopped;
    }
  }

  private static void failAfter(int seconds) throws IOException, InterruptedException {
    sleep(ofSeconds(seconds));
    throw new IOException("after " + seconds);
  }

  private static void failInCleanup() throws IOException, InterruptedException {
    try {
      sleep(ofSeconds(60));
    } finally {
      failing("in the cleanup");
    }
  }

  private static void failing(String message) throws IOException {
    throw new IOException(message);
  }

  private static void refusing(String message) {
    throw new IllegalArgumentException(message);
  }
}
