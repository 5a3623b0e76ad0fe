package dev.tandem.conformance;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.GroupEndedException;
import dev.tandem.StructureException;
import dev.tandem.Task;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The cases of Trio's tests of nursery.start, which is startUntilReady. */
final class TrioNurseryStartTest {

  @Test
  void startUntilReady_theTaskSaysSomething_returnsItAndTheTaskEndsWithTheGroup() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicBoolean();
          TaskGroup.run(
              group -> {
                int said =
                    group.<Integer>startUntilReady(
                        "server",
                        ready -> {
                          sleep(ofSeconds(1));
                          ready.complete(1);
                          try {
                            sleep(ofSeconds(60));
                          } catch (CancelledException stopped) {
                            cancelled.set(true);
                            throw stopped;
                          }
                        });
                assertEquals(1, said);
                assertEquals(ofSeconds(1), VirtualTime.elapsed());
                sleep(ofSeconds(1));
              });
          assertTrue(cancelled.get());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void startUntilReady_theTaskFailsBefore_theStarterIsToldAndTheGroupGoesOn() throws Exception {
    VirtualTime.run(
        root -> {
          var taken = new IOException("port taken", new IllegalStateException("behind it"));
          Integer port =
              TaskGroup.run(
                  (TaskGroup group) -> {
                    var told =
                        assertThrows(
                            TaskFailedException.class,
                            () ->
                                group.<Integer>startUntilReady(
                                    "first",
                                    ready -> {
                                      sleep(ofSeconds(1));
                                      throw taken;
                                    }));
                    assertSame(taken, told.getCause());
                    assertEquals("behind it", told.getCause().getCause().getMessage());
                    return group.<Integer>startUntilReady("second", ready -> ready.complete(8081));
                  });
          assertEquals(8081, port);
        });
  }

  @Test
  void startUntilReady_theStartIsCutShort_theTaskIsCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicBoolean();
          TaskGroup.run(
              group -> {
                Optional<Integer> said =
                    moveOnAfter(
                        ofSeconds(1),
                        () ->
                            group.<Integer>startUntilReady(
                                "server",
                                ready -> {
                                  try {
                                    sleep(ofSeconds(5));
                                  } catch (CancelledException stopped) {
                                    cancelled.set(true);
                                    throw stopped;
                                  }
                                  ready.complete(1);
                                }));
                assertEquals(Optional.empty(), said);
                sleep(ofSeconds(1));
                assertTrue(cancelled.get());
              });
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void startUntilReady_inACancelledScope_throwsWhateverTheTaskSays() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                (TaskGroup group) ->
                    TaskGroup.run(
                        (TaskGroup scope) -> {
                          scope.cancel("test");
                          assertThrows(
                              CancelledException.class,
                              () ->
                                  group.<Integer>startUntilReady(
                                      "server", ready -> ready.complete(1)));
                        })));
  }

  @Test
  void startUntilReady_inACancelledScopeAndTheTaskFails_isAFailureOfTheGroup() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) ->
                              moveOnAfter(
                                  ofSeconds(1),
                                  () ->
                                      group.<Integer>startUntilReady(
                                          "server",
                                          ready -> {
                                            try {
                                              sleep(ofSeconds(5));
                                            } finally {
                                              failing("whoopsie");
                                            }
                                          }))));
          assertEquals("whoopsie", error.getCause().getMessage());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void startUntilReady_inAGroupThatHasEnded_isRefusedAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var ran = new AtomicBoolean();
          TaskGroup ended = TaskGroup.run((TaskGroup group) -> group);
          assertThrows(
              GroupEndedException.class,
              () -> ended.<Integer>startUntilReady("late", ready -> ran.set(true)));
          assertFalse(ran.get());
        });
  }

  @Test
  void startUntilReady_groupCancelledJustBeforeItIsReady_everythingEnds() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.<Integer>startUntilReady(
                    "server",
                    ready ->
                        TaskGroup.run(
                            inner -> {
                              inner.start(() -> sleep(ofSeconds(60)));
                              inner.start(() -> sleep(ofSeconds(60)));
                              group.cancel("test");
                              ready.complete(1);
                            }));
              });
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void startUntilReady_groupCancelledJustAfterItIsReady_everythingEnds() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.<Integer>startUntilReady(
                    "server",
                    ready ->
                        TaskGroup.run(
                            inner -> {
                              inner.start(() -> sleep(ofSeconds(60)));
                              inner.start(() -> sleep(ofSeconds(60)));
                              sleep(ofSeconds(1));
                              ready.complete(1);
                            }));
                group.cancel("test");
              });
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void startUntilReady_fromATaskBesideTheGroup_isRefused() throws Exception {
    VirtualTime.run(
        (TaskGroup first) ->
            TaskGroup.run(
                (TaskGroup second) -> {
                  Task<?> starter =
                      first.start(
                          () ->
                              assertThrows(
                                  StructureException.class,
                                  () ->
                                      second.<Integer>startUntilReady(
                                          "x", ready -> ready.complete(1))));
                  starter.await();
                }));
  }

  private static void failing(String message) {
    throw new IllegalStateException(message);
  }
}
