package dev.tandem.regressions;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.Completions;
import dev.tandem.Gather;
import dev.tandem.Outcome;
import dev.tandem.StructureException;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.DeadlockException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing, shields, dumps and progress where several things go wrong at once. */
@SuppressWarnings("try") // resources that nobody reads, and closes that are interrupted
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SeveralThingsAtOnceTest {

  private static void slowToStop(CountDownLatch began, AtomicBoolean over, long millis)
      throws InterruptedException {
    stopping(began, over, () -> Tandem.sleep(ofMillis(millis)));
  }

  /** Is cancelled, and interrupts somebody while it stops. */
  private static void interruptingAtItsEnd(CountDownLatch began, AtomicBoolean over, Thread whom)
      throws InterruptedException {
    stopping(
        began,
        over,
        () -> {
          whom.interrupt();
          Tandem.sleep(ofMillis(50));
        });
  }

  private static void stopping(
      CountDownLatch began, AtomicBoolean over, Action<RuntimeException> meanwhile)
      throws InterruptedException {
    began.countDown();
    try {
      Tandem.sleep(ofHours(1));
    } finally {
      Tandem.shield(
          () -> {
            meanwhile.run();
            over.set(true);
          });
    }
  }

  @Test
  void shield_afterCatchAndInterruptAgain_isNotCutShort() throws Exception {
    var done = new AtomicBoolean();
    var task = new AtomicReference<Task<?>>();
    TaskGroup.run(
        (TaskGroup g) -> {
          var t =
              g.start(
                  "t",
                  () -> {
                    try {
                      Tandem.sleep(ofHours(1));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    Tandem.shield(
                        () -> {
                          Tandem.sleep(ofMillis(20));
                          done.set(true);
                        });
                  });
          task.set(t);
          Tandem.sleep(ofMillis(50));
          t.cancel("x");
        });
    assertTrue(done.get(), "shield cut short; " + task.get().outcome());
  }

  @Test
  void close_interruptedFromOutside_keepsTheInterrupt() throws Exception {
    var flag = new AtomicBoolean();
    Thread main = Thread.currentThread();
    Tandem.timeout(
        ofHours(1),
        () -> {
          var began = new CountDownLatch(1);
          var over = new AtomicBoolean();
          var c =
              Tandem.asCompleted(
                  List.of(1),
                  i -> {
                    interruptingAtItsEnd(began, over, main);
                    return i;
                  });
          began.await();
          c.close();
          assertTrue(over.get());
          flag.set(Thread.interrupted());
        });
    assertTrue(flag.get(), "interrupt swallowed; flag later: " + Thread.interrupted());
  }

  @Test
  void close_interruptedFromOutsideWithoutAScope_keepsTheInterrupt() throws Exception {
    Thread main = Thread.currentThread();
    var began = new CountDownLatch(1);
    var over = new AtomicBoolean();
    var c =
        Tandem.asCompleted(
            List.of(1),
            i -> {
              interruptingAtItsEnd(began, over, main);
              return i;
            });
    began.await();
    c.close();
    assertTrue(over.get());
    assertTrue(Thread.interrupted(), "interrupt swallowed");
  }

  @Test
  void close_interruptedFromOutside_leavesNothingForALaterTimeout() throws Exception {
    Thread main = Thread.currentThread();
    Tandem.timeout(
        ofHours(1),
        () -> {
          var began = new CountDownLatch(1);
          var over = new AtomicBoolean();
          var c =
              Tandem.asCompleted(
                  List.of(1),
                  i -> {
                    interruptingAtItsEnd(began, over, main);
                    return i;
                  });
          began.await();
          c.close();
          Thread.interrupted();
          // an unrelated timeout, much later
          Tandem.moveOnAfter(
              ofMillis(10),
              () -> {
                Tandem.sleep(ofHours(1));
                return 1;
              });
          assertFalse(
              Thread.interrupted(), "an interrupt of long ago shows up after an unrelated timeout");
        });
  }

  @Test
  void close_whileAnotherCloses_waitsToo() throws Exception {
    var began = new CountDownLatch(1);
    var over = new AtomicBoolean();
    var overAtLeave = new AtomicBoolean();
    TaskGroup.run(
        (TaskGroup g) -> {
          Tandem.timeout(
              ofHours(1),
              () -> {
                var c =
                    Tandem.asCompleted(
                        List.of(1),
                        i -> {
                          slowToStop(began, over, 300);
                          return i;
                        });
                began.await();
                g.start("closer", c::close);
                Tandem.sleep(ofMillis(100));
              });
          overAtLeave.set(over.get());
        });
    assertTrue(overAtLeave.get(), "the scope was left while an item of its gather still ran");
  }

  @Test
  void close_byOneOfTheItems_isRefused() throws Exception {
    TaskGroup.run(
        (TaskGroup g) -> {
          var ref = new CompletableFuture<Completions<Integer, Integer>>();
          var c =
              Tandem.<Integer, Integer>asCompleted(
                  List.of(1),
                  i -> {
                    ref.get().close();
                    return i;
                  });
          ref.complete(c);
          for (var o : c) {
            assertInstanceOf(StructureException.class, ((Outcome.Failure<?, ?>) o).error());
          }
        });
  }

  @Test
  void close_byAnotherTask_doesNotHoldBackTheMakersDeadline() throws Exception {
    var began = new CountDownLatch(1);
    var over = new AtomicBoolean();
    long t0 = System.nanoTime();
    TaskGroup.run(
        (TaskGroup g) -> {
          Tandem.moveOnAfter(
              ofMillis(200),
              () -> {
                var c =
                    Tandem.asCompleted(
                        List.of(1),
                        i -> {
                          slowToStop(began, over, 400);
                          return i;
                        });
                began.await();
                g.start("closer", c::close);
                Thread.sleep(Duration.ofMinutes(5));
                return 1;
              });
        });
    long ms = (System.nanoTime() - t0) / 1_000_000;
    assertTrue(ms < 60_000, "took " + ms);
  }

  @Test
  void item_leavesItsInterruptFlagUp_theOthersGoOn() throws Exception {
    TaskGroup.run(
        (TaskGroup g) -> {
          try (var c =
              Tandem.<Integer, Integer>asCompleted(
                  List.of(1, 2, 3),
                  i -> {
                    Thread.currentThread().interrupt();
                    return i;
                  })) {
            int n = 0;
            for (var o : c) {
              assertTrue(o.isSuccess());
              n++;
            }
            assertEquals(3, n);
          }
        });
  }

  @Test
  void close_theLoggerThrows_theScopeIsLeftNevertheless() throws Exception {
    Logger log = Logger.getLogger("dev.tandem.Failures");
    Handler h =
        new Handler() {
          @Override
          public void publish(LogRecord r) {
            throw new IllegalStateException("logger broken");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(h);
    try {
      TaskGroup.run(
          (TaskGroup g) -> {
            g.start(
                "t",
                () -> {
                  Iterable<Integer> bad =
                      () ->
                          new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                              return true;
                            }

                            @Override
                            public Integer next() {
                              throw new IllegalStateException("source");
                            }
                          };
                  var _ = Tandem.asCompleted(bad, i -> i);
                  Tandem.sleep(ofMillis(50));
                });
          });
    } finally {
      log.removeHandler(h);
    }
  }

  @Test
  void dump_groupThatTheBodyIsIn_isShown() throws Exception {
    TaskGroup.run(
        "outer",
        (TaskGroup g) -> {
          TaskGroup.run(
              "inner",
              (TaskGroup h) -> {
                h.startDaemon("needle", () -> Tandem.sleep(ofHours(1)));
                Tandem.sleep(ofMillis(50));
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
  void close_failuresThatNobodyTook_areLogged() throws Exception {
    var logged = new ConcurrentLinkedQueue<String>();
    Logger log = Logger.getLogger("dev.tandem.Failures");
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord told) {
            logged.add(told.getMessage() + told.getThrown().getCause());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(listener);
    log.setUseParentHandlers(false);
    try {
      VirtualTime.run(
          (TaskGroup group) -> {
            try (var done =
                Gather.over(List.of(1, 2, 3))
                    .limit(1)
                    .asCompleted(
                        item -> {
                          throw new IOException("bad " + item);
                        })) {
              Tandem.sleep(ofMillis(100));
            }
          });
    } finally {
      log.removeHandler(listener);
      log.setUseParentHandlers(true);
    }
    assertTrue(logged.stream().anyMatch(told -> told.endsWith("bad 1")), "logged only " + logged);
    assertTrue(logged.stream().anyMatch(told -> told.endsWith("bad 2")), "logged only " + logged);
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
