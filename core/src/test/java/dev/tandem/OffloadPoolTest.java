package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a pool. */
final class OffloadPoolTest {

  @Test
  void run_afterClose_isRefusedWithWords() throws Exception {
    var pool = Offload.pool("images", 1);
    pool.close();
    pool.close();
    var refusal = assertThrows(OffloadRejectedException.class, () -> pool.run(() -> 1));
    assertEquals(
        "'offload' was not begun, for the pool 'images' is closed; close it after its callers",
        refusal.getMessage());
    assertEquals(new Offload.Statistics(1, 0, 0, 0), pool.statistics());
  }

  @Test
  void close_itsThreads_end() throws Exception {
    Thread used;
    try (var pool = Offload.pool("one", 1)) {
      used = pool.run(Thread::currentThread);
      assertTrue(used.isAlive());
    }
    used.join();
    assertEquals(Thread.State.TERMINATED, used.getState());
  }

  @Test
  void close_workRuns_waitsForIt() throws Exception {
    VirtualTime.run(
        root -> {
          var pool = Offload.pool("one", 1);
          TaskGroup.run(
              group -> {
                Task<Integer> caller =
                    group.start(
                        () ->
                            pool.run(
                                () -> {
                                  sleep(ofSeconds(5));
                                  return 7;
                                }));
                sleep(ofSeconds(1));
                pool.close();
                assertEquals(ofSeconds(5), VirtualTime.elapsed());
                assertEquals(7, caller.await());
              });
        });
  }

  @Test
  void close_callersWait_areTurnedAwayAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var pool = Offload.pool("one", 1);
          var turnedAway = new AtomicInteger();
          TaskGroup.run(
              group -> {
                group.start(() -> pool.run(() -> sleep(ofSeconds(5))));
                sleep(ofSeconds(1));
                for (int i = 0; i < 3; i++) {
                  group.start(
                      () -> {
                        assertThrows(OffloadRejectedException.class, () -> pool.run(() -> 1));
                        assertEquals(ofSeconds(2), VirtualTime.elapsed());
                        turnedAway.incrementAndGet();
                      });
                }
                sleep(ofSeconds(1));
                pool.close();
              });
          assertEquals(3, turnedAway.get());
          assertEquals(new Offload.Statistics(1, 0, 0, 0), pool.statistics());
        });
  }

  @Test
  void close_closerIsCancelled_cancelsTheWorkAndStillWaits() throws Exception {
    VirtualTime.run(
        root -> {
          var pool = Offload.pool("one", 1);
          TaskGroup.run(
              group -> {
                group.start(
                    () ->
                        assertThrows(
                            TaskCancelledException.class,
                            () -> pool.run(OffloadPoolTest::slowToStop)));
                sleep(ofSeconds(1));
                // It returned, so it happened; the cancellation would be for the next wait.
                timeout(ofSeconds(1), pool::close);
                assertEquals(ofSeconds(5), VirtualTime.elapsed());
              });
        });
  }

  @Test
  void run_toAnotherPoolAndBack_takesASecondThreadAndWithoutOneTheTimeoutComes() throws Exception {
    try (var one = Offload.pool("one", 1);
        var two = Offload.pool("two", 2);
        var other = Offload.pool("other", 1)) {
      assertEquals(1, two.run(() -> other.run(() -> two.run(() -> 1))));
      VirtualTime.run(
          (TaskGroup root) ->
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          ofSeconds(1), () -> one.run(() -> other.run(() -> one.run(() -> 1))))));
    }
  }

  @Test
  void close_byItsOwnWork_isRefused() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      var refusal =
          assertThrows(StructureException.class, () -> pool.run((Action<Exception>) pool::close));
      assertTrue(refusal.getMessage().contains("close it outside"), refusal.getMessage());
      assertEquals(1, pool.run(() -> 1));
    }
  }

  @Test
  void close_abandonedWorkDoesNotEnd_isToldOfAndLeftBehind() throws Exception {
    try (var log = new LogCapture("dev.tandem.stragglers")) {
      VirtualTime.run(
          root -> {
            var pool = Offload.pool("one", 1);
            var stuck = pool.named("stuck").abandonOnCancel();
            assertThrows(
                DeadlineExceededException.class,
                () -> timeout(ofSeconds(1), () -> stuck.run(OffloadPoolTest::stubborn)));
            pool.close();
            assertEquals(ofSeconds(11), VirtualTime.elapsed());
            assertEquals(1, pool.statistics().abandoned());
            assertEquals(List.of("work stuck is left behind; it still runs"), log.messages());
            sleep(ofSeconds(100));
            assertEquals(new Offload.Statistics(1, 0, 0, 0), pool.statistics());
          });
    }
  }

  @Test
  void close_closerIsCancelledAndWorkDoesNotStop_isReportedAsAStraggler() throws Exception {
    try (var log = new LogCapture("dev.tandem.stragglers")) {
      VirtualTime.run(
          root -> {
            var pool = Offload.pool("one", 1);
            TaskGroup.run(
                group -> {
                  group.start(
                      "caller",
                      () ->
                          assertThrows(
                              TaskCancelledException.class,
                              () -> pool.run(OffloadPoolTest::stubborn)));
                  sleep(ofSeconds(1));
                  timeout(ofSeconds(1), pool::close);
                  assertEquals(ofSeconds(50), VirtualTime.elapsed());
                });
            assertEquals(
                List.of(
                    "task caller/offload still runs 10 s after it was cancelled",
                    "task caller/offload still runs 30 s after it was cancelled"),
                log.messages());
          });
    }
  }

  private static void slowToStop() throws InterruptedException {
    try {
      sleep(ofSeconds(100));
    } finally {
      shield(() -> sleep(ofSeconds(3)));
    }
  }

  private static void stubborn() throws InterruptedException {
    shield(ofSeconds(1000), () -> sleep(ofSeconds(50)));
  }

  @Test
  void toString_saysWhatGoesOn() {
    try (var pool = Offload.pool("images", 3)) {
      assertEquals("Offload[the pool 'images', busy 0/3, waiting 0, abandoned 0]", pool.toString());
    }
  }
}
