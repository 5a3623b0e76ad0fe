package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Offloaded work that its caller no longer wants. */
final class OffloadCancelTest {

  @Test
  void run_callerCancelled_foreignCodeIsInterruptedAndWaitedFor() throws Exception {
    var begun = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    TaskGroup.run(
        group -> {
          Task<Void> caller =
              group.start(
                  () -> {
                    try {
                      Offload.toThread(() -> blockUntilInterrupted(begun, ended));
                    } finally {
                      assertTrue(ended.get());
                    }
                  });
          begun.await();
          caller.cancel("enough");
          var cancelled = assertThrows(TaskCancelledException.class, caller::await);
          assertTrue(cancelled.getMessage().contains("enough"), cancelled.getMessage());
        });
    assertEquals(0, Offload.thread().statistics().busy());
  }

  private static void blockUntilInterrupted(CountDownLatch begun, AtomicBoolean ended)
      throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } finally {
      Stress.pause(1000);
      ended.set(true);
    }
  }

  @Test
  void run_cancelledWorkReturnsAValue_theValueCounts() throws Exception {
    var begun = new CountDownLatch(1);
    TaskGroup.run(
        group -> {
          Task<String> caller = group.start(() -> Offload.toThread(() -> stubborn(begun)));
          begun.await();
          caller.cancel("enough");
          assertEquals("done", caller.await());
        });
  }

  private static String stubborn(CountDownLatch begun) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException e) {
      return "done";
    }
  }

  @Test
  void run_cancelledWorkThrowsWhatForeignCodeThrows_cancellationIsToldAndNothingLost()
      throws Exception {
    var begun = new CountDownLatch(1);
    var seen = new AtomicReference<Exception>();
    var told =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> {
                      Task<Void> caller =
                          group.start(
                              () -> {
                                try {
                                  Offload.toThread(() -> failWhenInterrupted(begun));
                                } catch (Exception e) {
                                  seen.set(e);
                                  throw e;
                                }
                              });
                      begun.await();
                      caller.cancel("enough");
                      assertThrows(TaskCancelledException.class, caller::await);
                    }));
    assertEquals(CancelledException.class, seen.get().getClass());
    assertEquals("torn", seen.get().getSuppressed()[0].getMessage());
    assertEquals("torn", told.getCause().getMessage());
  }

  private static int failWhenInterrupted(CountDownLatch begun) throws IOException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException e) {
      throw new IOException("torn");
    }
  }

  @Test
  void run_callerInterruptedFromOutside_theWorkIsCancelledAndThePlainInterruptThrown()
      throws Exception {
    var begun = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var caller = new AtomicReference<Thread>(Thread.currentThread());
    Thread outsider =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    begun.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  caller.get().interrupt();
                });
    var interrupt =
        assertThrows(
            InterruptedException.class,
            () -> Offload.toThread(() -> blockUntilInterrupted(begun, ended)));
    assertEquals(InterruptedException.class, interrupt.getClass());
    assertTrue(ended.get());
    assertFalse(Thread.currentThread().isInterrupted());
    outsider.join();
  }

  @Test
  void run_callerInterruptedFromOutsideButTheWorkReturns_valueCountsAndTheFlagStays()
      throws Exception {
    var begun = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Thread outsider =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    begun.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  caller.interrupt();
                });
    assertEquals("done", Offload.toThread(() -> stubborn(begun)));
    assertTrue(Thread.interrupted());
    outsider.join();
  }

  @Test
  void run_callerCancelledBefore_theWorkNeverBegins() throws Exception {
    VirtualTime.run(
        root -> {
          var begun = new AtomicInteger();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(1),
                      () -> {
                        try {
                          sleep(ofSeconds(2));
                        } finally {
                          assertThrows(
                              CancelledException.class,
                              () -> Offload.toThread(begun::incrementAndGet));
                          assertThrows(
                              CancelledException.class,
                              () -> Offload.cpu().run(begun::incrementAndGet));
                        }
                      }));
          assertEquals(0, begun.get());
          assertEquals(0, Offload.thread().statistics().busy());
        });
  }

  @Test
  void run_otherWorkOfThePoolGoesOn_whenOneIsCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          try (var pool = Offload.pool("two", 2)) {
            TaskGroup.run(
                group -> {
                  Task<Integer> other =
                      group.start(
                          () ->
                              pool.run(
                                  () -> {
                                    sleep(ofSeconds(10));
                                    return 1;
                                  }));
                  assertThrows(
                      DeadlineExceededException.class,
                      () -> timeout(ofSeconds(2), () -> pool.run(() -> sleep(ofSeconds(60)))));
                  assertEquals(1, other.await());
                  assertEquals(ofSeconds(10), VirtualTime.elapsed());
                });
          }
        });
  }
}
