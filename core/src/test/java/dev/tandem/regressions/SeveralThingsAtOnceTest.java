package dev.tandem.regressions;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.DeadlockException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing, shields, dumps and progress where several things go wrong at once. */
@SuppressWarnings("try") // resources that nobody reads, and closes that are interrupted
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SeveralThingsAtOnceTest {

  @Test
  void shield_afterCatchAndInterruptAgain_isNotCutShort() throws Exception {
    var begun = AsyncEvent.create();
    var done = new AtomicBoolean();
    var task = new AtomicReference<Task<?>>();
    VirtualTime.run(
        (TaskGroup g) -> {
          var t =
              g.start(
                  "t",
                  () -> {
                    begun.set();
                    try {
                      Tandem.sleep(ofHours(1));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    Tandem.shield(
                        () -> {
                          Tandem.sleep(ofMillis(20));
                          done.set(VirtualTime.elapsed().equals(ofMillis(20)));
                        });
                  });
          task.set(t);
          begun.await();
          t.cancel("x");
        });
    assertTrue(done.get(), "shield cut short; " + task.get().outcome());
  }

  @Test
  void dump_groupThatTheBodyIsIn_isShown() throws Exception {
    TaskGroup.run(
        "outer",
        (TaskGroup g) -> {
          TaskGroup.run(
              "inner",
              (TaskGroup h) -> {
                var begun = new CountDownLatch(1);
                h.startDaemon(
                    "needle",
                    () -> {
                      begun.countDown();
                      Tandem.sleep(ofHours(1));
                    });
                begun.await();
                assertTrue(g.dump().contains("needle"), g.dump());
              });
        });
  }

  @Test
  void deadlock_inAGatherOfTheBody_isShown() throws Exception {
    var e =
        assertThrows(
            DeadlockException.class,
            () ->
                VirtualTime.run(
                    (TaskGroup g) -> {
                      Tandem.gather(
                          List.of(1),
                          i -> {
                            AsyncSemaphore s = AsyncSemaphore.of(1);
                            s.acquire();
                            s.acquire();
                            return i;
                          });
                    }));
    assertTrue(e.getMessage().contains("item#0"), e.getMessage());
  }

  @Test
  void onProgress_failsTwiceInOneTelling_bothAreTold() throws Exception {
    VirtualTime.run(
        root -> {
          var calls = new AtomicInteger();
          var thrown =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      Gather.over(List.of(1, 2))
                          .onProgress(progress -> failing(calls.incrementAndGet()))
                          .run(
                              item -> {
                                Tandem.sleep(ofMillis(item));
                                return item;
                              }));
          var all = new ArrayList<String>();
          all.add(thrown.getMessage());
          for (Throwable other : thrown.getSuppressed()) {
            all.add(other.getMessage());
          }
          assertTrue(all.toString().contains("call 1"), all.toString());
          assertTrue(all.toString().contains("call 2"), all.toString());
        });
  }

  /** The first call takes so long that the second item ends meanwhile. */
  private static void failing(int call) {
    if (call == 1) {
      try {
        Tandem.sleep(ofMillis(100));
      } catch (InterruptedException unexpected) {
        throw new AssertionError(unexpected);
      }
    }
    throw new IllegalStateException("call " + call);
  }

  @Test
  void cancelledTask_aResourceFailsToClose_isAFailureOfTheGroup() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            Task<?> task = group.start(SeveralThingsAtOnceTest::closingFails);
                            Tandem.sleep(ofMillis(50));
                            task.cancel("enough");
                          }));
          assertEquals("does not close", error.getCause().getMessage());
        });
  }

  private static void closingFails() throws Exception {
    AutoCloseable broken =
        () -> {
          throw new IOException("does not close");
        };
    try (broken) {
      Tandem.sleep(ofHours(1));
    }
  }
}
