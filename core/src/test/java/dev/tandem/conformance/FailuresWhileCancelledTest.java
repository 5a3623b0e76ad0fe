package dev.tandem.conformance;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.race;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What fails while it is being cancelled is a failure for whoever the cancellation ends at. */
final class FailuresWhileCancelledTest {

  @Test
  void cancel_aTaskWhoseGroupsChildrenFailInTheirCleanup_theirFailuresAreNotLost() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      Task<?> runner =
                          root.start(
                              "runner",
                              () ->
                                  TaskGroup.run(
                                      FailuresWhileCancelledTest::sleepWithAChildThatFailsAfter));
                      sleep(ofMillis(100));
                      runner.cancel("test");
                      assertThrows(TaskCancelledException.class, runner::await);
                    }));
    assertEquals(List.of("runner/bad"), paths(error));
  }

  @Test
  void cancel_aTaskWithNestedGroupsWhoseChildrenFailInTheirCleanup_theirFailuresAreNotLost() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      Task<?> runner =
                          root.start(
                              "runner",
                              () ->
                                  TaskGroup.run(
                                      outer -> {
                                        outer.start(() -> sleep(ofSeconds(10)));
                                        TaskGroup.run(
                                            FailuresWhileCancelledTest
                                                ::sleepWithAChildThatFailsAfter);
                                      }));
                      sleep(ofMillis(100));
                      runner.cancel("test");
                      assertThrows(TaskCancelledException.class, runner::await);
                    }));
    assertEquals(List.of("runner/bad"), paths(error));
  }

  @Test
  void cancel_theOuterOfNestedGroupsWhoseChildrenFailInTheirCleanup_theirFailuresAreThrown() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      TaskGroup.run(
                          (TaskGroup outer) -> {
                            outer.start(
                                () -> {
                                  sleep(ofMillis(100));
                                  outer.cancel("test");
                                });
                            TaskGroup.run(
                                FailuresWhileCancelledTest::sleepWithAChildThatFailsAfter);
                          });
                    }));
    assertEquals(List.of("bad"), paths(error));
  }

  @Test
  void cancel_aTaskThatGathersAndWhoseItemsGroupFailsInItsCleanup_theFailureIsNotLost() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      Task<?> runner =
                          root.start(
                              "runner",
                              () ->
                                  gather(
                                      List.of(1),
                                      i -> {
                                        TaskGroup.run(
                                            FailuresWhileCancelledTest
                                                ::sleepWithAChildThatFailsAfter);
                                        return i;
                                      }));
                      sleep(ofMillis(100));
                      runner.cancel("test");
                      assertThrows(TaskCancelledException.class, runner::await);
                    }));
    assertEquals(List.of("runner/item#0/bad"), paths(error));
  }

  @Test
  void moveOnAfter_aTaskInsideFailsInItsCleanup_throwsTheFailure() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      moveOnAfter(
                          ofSeconds(1),
                          () -> {
                            TaskGroup.run(
                                FailuresWhileCancelledTest::sleepWithAChildThatFailsAfter);
                            return 1;
                          }));
          assertEquals(List.of("bad"), paths(error));
        });
  }

  @Test
  void race_aLosersTaskFailsInItsCleanup_theWinnerCountsAllTheSame() throws Exception {
    VirtualTime.run(
        root -> {
          String winner =
              race(
                  () -> {
                    TaskGroup.run(FailuresWhileCancelledTest::sleepWithAChildThatFailsAfter);
                    return "slow";
                  },
                  () -> {
                    sleep(ofSeconds(1));
                    return "fast";
                  });
          assertEquals("fast", winner);
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

  private static void throwing(String message) throws IOException {
    throw new IOException(message);
  }

  private static List<String> paths(TaskGroupException error) {
    return error.failures().stream().map(TaskFailedException::path).toList();
  }
}
