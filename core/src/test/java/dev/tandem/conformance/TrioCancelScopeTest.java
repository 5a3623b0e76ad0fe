package dev.tandem.conformance;

import static dev.tandem.Tandem.checkpoint;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of Trio's tests of cancel scopes, with a group as the scope that is cancelled. */
final class TrioCancelScopeTest {

  @Test
  void cancel_ownScope_everyWaitThrowsFromThenOn() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                checkpoint();
                assertTrue(group.cancel("test"));
                assertThrows(CancelledException.class, () -> checkpoint());
                assertThrows(CancelledException.class, () -> sleep(ofSeconds(60)));
                assertThrows(CancelledException.class, () -> sleep(ZERO));
              });
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_ownScope_aShieldedWaitIsFreeAndTheNextThrows() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.cancel("test");
                assertThrows(
                    CancelledException.class,
                    () ->
                        shield(
                            () -> {
                              checkpoint();
                              sleep(ofSeconds(1));
                              checkpoint();
                            }));
                assertEquals(ofSeconds(1), VirtualTime.elapsed());
                assertThrows(CancelledException.class, () -> checkpoint());
              });
        });
  }

  @Test
  void cancel_twice_theSecondDoesNothing() throws Exception {
    var reached = new AtomicBoolean();
    TaskGroup.run(
        group -> {
          assertTrue(group.cancel("first"));
          assertFalse(group.cancel("second"));
          var error = assertThrows(CancelledException.class, () -> checkpoint());
          assertEquals("first", error.cancellation().reason());
          checkpoint();
          reached.set(true);
        });
    assertFalse(reached.get());
  }

  @Test
  void shield_inACancelledScope_keepsTheOuterOutAndLetsTheInnerIn() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              outer -> {
                outer.cancel("outer");
                assertThrows(CancelledException.class, () -> checkpoint());
                assertThrows(
                    CancelledException.class,
                    () ->
                        shield(
                            () -> {
                              checkpoint();
                              TaskGroup.run(
                                  inner -> {
                                    inner.cancel("inner");
                                    var error =
                                        assertThrows(CancelledException.class, () -> checkpoint());
                                    assertEquals("inner", error.cancellation().reason());
                                  });
                              checkpoint();
                            }));
              });
        });
  }

  @Test
  void shield_itsTimeIsOver_aSleepingTaskInsideIsCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var record = new ArrayList<String>();
          TaskGroup.run(
              outer -> {
                outer.cancel("outer");
                assertThrows(
                    CancelledException.class,
                    () ->
                        shield(
                            ofSeconds(3),
                            () ->
                                TaskGroup.run(
                                    group -> {
                                      group.start(
                                          () -> {
                                            record.add("sleeping");
                                            try {
                                              sleep(ofSeconds(60));
                                            } finally {
                                              record.add("cancelled");
                                            }
                                          });
                                    })));
              });
          assertEquals(List.of("sleeping", "cancelled"), record);
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_twoNestedScopes_theOuterIsTheOneThatEnds() throws Exception {
    VirtualTime.run(
        root -> {
          var afterInner = new AtomicBoolean();
          var afterMiddle = new AtomicBoolean();
          TaskGroup.run(
              outer -> {
                TaskGroup.run(
                    middle -> {
                      TaskGroup.run(
                          inner -> {
                            inner.cancel("inner");
                            middle.cancel("middle");
                            sleep(ofSeconds(60));
                          });
                      afterInner.set(true);
                    });
                afterMiddle.set(true);
                checkpoint();
              });
          assertFalse(afterInner.get());
          assertTrue(afterMiddle.get());
        });
  }

  @Test
  void cancel_pendingWhenTheScopeEnds_isNotDelivered() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run((TaskGroup group) -> group.cancel("test"));
          assertFalse(Thread.currentThread().isInterrupted());
          sleep(ofSeconds(1));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_ofTheGroupByItsChild_endsTheBodysWait() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              (TaskGroup group) -> {
                group.start(
                    () -> {
                      sleep(ofSeconds(1));
                      group.cancel("test");
                    });
                sleep(ofSeconds(60));
              });
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_afterTheScopeHasEnded_touchesNobody() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup ended = TaskGroup.run((TaskGroup group) -> group);
          ended.cancel("late");
          checkpoint();
          sleep(ofSeconds(1));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_aTaskThatCannotBeWoken_takesEffectAtItsNextWait() throws Exception {
    var spinning = new AtomicBoolean();
    var released = new AtomicBoolean();
    var seen = new AtomicReference<@Nullable Throwable>();
    TaskGroup.run(
        group -> {
          Task<?> stubborn =
              group.start(
                  () -> {
                    spinning.set(true);
                    while (!released.get()) {
                      Thread.onSpinWait();
                    }
                    seen.set(assertThrows(CancelledException.class, () -> checkpoint()));
                  });
          while (!spinning.get()) {
            Thread.onSpinWait();
          }
          stubborn.cancel("test");
          assertEquals(TaskState.CANCELLING, stubborn.state());
          released.set(true);
          stubborn.await();
          assertEquals(TaskState.SUCCEEDED, stubborn.state());
        });
    assertTrue(seen.get() instanceof CancelledException);
  }

  @Test
  void cancel_twoScopesAroundAShieldedTask_itEndsItsWorkAndIsToldOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var record = new ArrayList<String>();
          TaskGroup.run(
              (TaskGroup outer1) ->
                  TaskGroup.run(
                      (TaskGroup outer2) -> {
                        outer2.start(
                            () -> {
                              record.add("sleeping");
                              assertThrows(
                                  CancelledException.class,
                                  () -> shield(() -> sleep(ofSeconds(5))));
                              record.add("cancelled");
                            });
                        sleep(ofSeconds(1));
                        outer1.cancel("1");
                        outer2.cancel("2");
                      }));
          assertEquals(List.of("sleeping", "cancelled"), record);
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }
}
