package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.VirtualTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise 3: cancellation is a state with a reason; the interrupt is only the wake-up. */
final class CancellationTest {

  @AfterEach
  void noInterruptIsLeftBehind() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void cancel_aSleepingTask_carriesReasonAndRequester() throws Exception {
    VirtualTime.run(
        root -> {
          Task<CancelledException> victim =
              root.start(
                  "victim",
                  () -> assertThrows(CancelledException.class, () -> sleep(ofSeconds(60))));
          sleep(ofSeconds(1));
          root.start("killer", () -> victim.cancel("out of time")).await();
          Cancellation why = victim.await().cancellation();
          assertEquals("out of time", why.reason());
          assertEquals("killer", why.requester());
        });
  }

  @Test
  void timeout_whoeversThreadRunsItsTimer_nobodyRequestedIt() throws Exception {
    VirtualTime.run(
        root -> {
          Action<InterruptedException> body =
              () ->
                  TaskGroup.run(
                      (TaskGroup group) -> {
                        group.start("child", () -> sleep(ofSeconds(60)));
                        sleep(ofSeconds(60));
                      });
          var expired =
              assertThrows(DeadlineExceededException.class, () -> timeout(ofSeconds(1), body));
          var why = assertInstanceOf(CancelledException.class, expired.getCause());
          assertEquals("", why.cancellation().requester());
        });
  }

  @Test
  void wait_afterASwallowedCancellation_throwsAgain() throws Exception {
    VirtualTime.run(
        root -> {
          var thrown = new AtomicInteger();
          var gate = AsyncSemaphore.of(1);
          Task<?> stubborn =
              root.start(
                  () -> {
                    for (int i = 0; i < 3; i++) {
                      try {
                        sleep(ofSeconds(60));
                      } catch (InterruptedException swallowed) {
                        thrown.incrementAndGet();
                      }
                    }
                    // Even where nothing would have to be waited for.
                    assertThrows(CancelledException.class, gate::acquire);
                    assertThrows(CancelledException.class, Tandem::checkpoint);
                  });
          sleep(ofSeconds(1));
          stubborn.cancel("stop");
          stubborn.await(ofSeconds(1));
          assertEquals(3, thrown.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_twoReasons_theFirstStays() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> task = root.start(() -> sleep(ofSeconds(60)));
          assertTrue(task.cancel("first"));
          assertFalse(task.cancel("second"));
          var error = assertThrows(TaskCancelledException.class, task::await);
          assertEquals("first", error.cancellation().reason());
        });
  }

  @Test
  void body_catchesAndInterruptsAgain_theEchoIsClearedAtExit() throws Exception {
    String value =
        timeout(
            ofMillis(5),
            () -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "returned";
            });
    assertEquals("returned", value);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void body_catchesATandemCancellationAndInterruptsAgain_theEchoIsClearedAtExit() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          timeout(
              ofMillis(5),
              () -> {
                try {
                  sleep(ofSeconds(60));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                assertThrows(CancelledException.class, () -> sleep(ofSeconds(60)));
                Thread.currentThread().interrupt();
              });
          assertFalse(Thread.currentThread().isInterrupted());
          assertEquals(ofMillis(5), VirtualTime.elapsed());
        });
  }

  @Test
  void leaving_anInnerScopeWhileTheOuterIsCancelledToo_setsTheFlagForTheOuter() throws Exception {
    timeout(
        ofMillis(5),
        (Deadline outer) ->
            timeout(
                ofMillis(1),
                (Deadline ignored) -> {
                  timeout(
                      ofMillis(5),
                      (Deadline inner) -> {
                        while (!outer.isExpired() || !inner.isExpired()) {
                          Thread.onSpinWait();
                        }
                        Thread.interrupted();
                        return 0;
                      });
                  assertTrue(Thread.currentThread().isInterrupted());
                  assertThrows(InterruptedException.class, () -> Thread.sleep(60_000));
                  return 0;
                }));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void interrupt_fromOutside_isAPlainInterruptedException() throws Exception {
    var started = new CountDownLatch(1);
    var thrown = new Throwable[1];
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    timeout(
                        ofSeconds(60),
                        () -> {
                          started.countDown();
                          sleep(ofSeconds(60));
                        });
                  } catch (Exception e) {
                    thrown[0] = e;
                  }
                });
    started.await();
    thread.interrupt();
    thread.join();
    assertEquals(InterruptedException.class, thrown[0].getClass());
  }

  @Test
  void interrupt_fromOutsideBeforeAWait_isDeliveredByIt() {
    Thread.currentThread().interrupt();
    var error = assertThrows(InterruptedException.class, () -> sleep(ofSeconds(60)));
    assertEquals(InterruptedException.class, error.getClass());
  }

  @Test
  void interrupt_fromOutsideBeforeTheCancellation_survivesTheScope() throws Exception {
    TaskGroup.run(
        group -> {
          Thread.currentThread().interrupt();
          group.cancel("stop");
          assertThrows(CancelledException.class, () -> sleep(ofSeconds(60)));
        });
    assertTrue(Thread.interrupted());
  }

  @Test
  void interrupt_fromOutsideWhileJoining_cancelsTheChildrenAndIsThrown() throws Exception {
    var running = new CountDownLatch(1);
    var thrown = new Throwable[1];
    var child = new Throwable[1];
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    TaskGroup.run(
                        (TaskGroup group) ->
                            group.start(
                                () -> {
                                  running.countDown();
                                  try {
                                    sleep(ofSeconds(60));
                                  } catch (CancelledException e) {
                                    child[0] = e;
                                    throw e;
                                  }
                                }));
                  } catch (Exception e) {
                    thrown[0] = e;
                  }
                });
    running.await();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    assertEquals(InterruptedException.class, thrown[0].getClass());
    assertTrue(child[0].getMessage().contains("was interrupted"), child[0].getMessage());
  }

  @Test
  void body_ignoresTheCancellation_isNotInterruptedOutside() throws Exception {
    Stress.repeat(
        200,
        () -> {
          try {
            timeout(
                ofMillis(1),
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                });
          } finally {
            assertFalse(Thread.currentThread().isInterrupted());
          }
        });
  }

  @Test
  void cancel_ofAnAlreadyEndedTask_isFalse() throws Exception {
    TaskGroup.run(
        group -> {
          Task<Integer> task = group.start(() -> 1);
          task.await();
          assertFalse(task.cancel("late"));
          assertEquals(TaskState.SUCCEEDED, task.state());
        });
  }

  @Test
  void run_insideRun_isJustANestedGroup() throws Exception {
    String value =
        Tandem.run(
            (TaskGroup outer) ->
                Tandem.run((TaskGroup inner) -> inner.start(() -> "deep").await()));
    assertEquals("deep", value);
  }
}
