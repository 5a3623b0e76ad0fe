package dev.tandem;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.Permit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The races of the waiting protocol, by name; every permit, child and interrupt is accounted for.
 */
@Tag("stress")
final class RaceStressTest {

  @Test
  void grantAgainstTimeout_losesNoPermit() throws Exception {
    var gate = AsyncSemaphore.of(2);
    Stress.repeat(
        () -> {
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 8; i++) {
                  group.start(
                      () -> {
                        for (int k = 0; k < 20; k++) {
                          try (var permit = timeout(micros(60), () -> gate.acquire())) {
                            assertEquals(1, permit.count());
                            pause(15);
                          } catch (DeadlineExceededException tooLate) {
                            Thread.onSpinWait();
                          }
                        }
                      });
                }
              });
          assertEquals(new AsyncSemaphore.Statistics(2, 2, 0), gate.statistics());
        });
  }

  @Test
  void grantAgainstOwnTimeLimit_losesNoPermit() throws Exception {
    var gate = AsyncSemaphore.of(1);
    Stress.repeat(
        () -> {
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 6; i++) {
                  group.start(
                      () -> {
                        for (int k = 0; k < 20; k++) {
                          Optional<Permit> permit = gate.tryAcquire(micros(50));
                          pause(10);
                          permit.ifPresent(Permit::close);
                        }
                      });
                }
              });
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
        });
  }

  @Test
  void grantAgainstCancelAndInterrupt_losesNoPermitAndNoInterruptEscapes() throws Exception {
    var gate = AsyncSemaphore.of(3);
    Stress.repeat(
        () -> {
          Thread[] outsiders = new Thread[4];
          for (int i = 0; i < outsiders.length; i++) {
            outsiders[i] = Thread.ofVirtual().unstarted(() -> acquireUntilInterrupted(gate));
            outsiders[i].start();
          }
          TaskGroup.run(
              group -> {
                List<? extends Task<?>> tasks =
                    IntStream.range(0, 6)
                        .mapToObj(i -> group.start(() -> acquireForEver(gate)))
                        .toList();
                for (Task<?> task : tasks) {
                  pause(100);
                  task.cancel("enough");
                }
              });
          for (Thread outsider : outsiders) {
            outsider.interrupt();
            outsider.join();
          }
          assertEquals(new AsyncSemaphore.Statistics(3, 3, 0), gate.statistics());
        });
  }

  private static void acquireForEver(AsyncSemaphore gate) throws InterruptedException {
    while (true) {
      try (var permit = gate.acquire(ThreadLocalRandom.current().nextInt(1, 4))) {
        assertTrue(permit.count() > 0);
        pause(10);
      }
    }
  }

  private static void acquireUntilInterrupted(AsyncSemaphore gate) {
    try {
      acquireForEver(gate);
    } catch (InterruptedException e) {
      assertEquals(InterruptedException.class, e.getClass());
    }
  }

  @Test
  void timerAgainstExit_noInterruptReachesTheThreadOutside() throws Exception {
    Stress.repeat(
        () -> {
          for (int i = 0; i < 50; i++) {
            try {
              timeout(micros(80), () -> pause(80));
            } catch (DeadlineExceededException cutShort) {
              throw new AssertionError("the body returned, so its value counts", cutShort);
            }
            assertFalse(Thread.currentThread().isInterrupted());
            pause(20);
            assertFalse(Thread.currentThread().isInterrupted());
          }
        });
  }

  @Test
  void timerAgainstExit_aTandemWaitEndsInOneWayOrTheOther() throws Exception {
    var expired = new AtomicInteger();
    var slept = new AtomicInteger();
    Stress.repeat(() -> raceASleep(expired, slept));
    // On a busy machine it may take a while until each side has won.
    long patience = System.nanoTime() + 30_000_000_000L;
    while ((expired.get() == 0 || slept.get() == 0) && System.nanoTime() < patience) {
      raceASleep(expired, slept);
    }
    assertTrue(expired.get() > 0 && slept.get() > 0);
  }

  private static void raceASleep(AtomicInteger expired, AtomicInteger slept)
      throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      try {
        timeout(micros(200), () -> sleep(micros(200)));
        slept.incrementAndGet();
      } catch (DeadlineExceededException e) {
        expired.incrementAndGet();
      }
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void timerAgainstReschedule_aMovedDeadlineNeverFiresEarly() throws Exception {
    Stress.repeat(
        () ->
            TaskGroup.run(
                (TaskGroup group) ->
                    timeout(
                        micros(100),
                        (Deadline deadline) -> {
                          Task<Boolean> mover =
                              group.start(
                                  () -> {
                                    pause(200);
                                    return deadline.reschedule(ofSeconds(100));
                                  });
                          boolean moved;
                          try {
                            moved = mover.await();
                            sleep(micros(100));
                          } catch (CancelledException stopped) {
                            return assertExpired(deadline);
                          }
                          assertEquals(moved, !deadline.isExpired());
                          return moved;
                        })));
  }

  private static boolean assertExpired(Deadline deadline) {
    assertTrue(deadline.isExpired());
    return true;
  }

  @Test
  void childStartAgainstGroupCancelAndEnd_everyStartedChildEndsInside() throws Exception {
    Stress.repeat(
        () -> {
          var running = new AtomicInteger();
          var refused = new AtomicInteger();
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 3; i++) {
                  group.start(
                      () -> {
                        for (int k = 0; k < 10; k++) {
                          try {
                            group.start(() -> count(running));
                          } catch (GroupEndedException e) {
                            refused.incrementAndGet();
                          }
                          pause(10);
                        }
                      });
                }
                pause(60);
                group.cancel("enough");
              });
          assertEquals(0, running.get());
          assertEquals(0, refused.get(), "a group with a running child has not ended");
        });
  }

  private static void count(AtomicInteger running) throws InterruptedException {
    running.incrementAndGet();
    try {
      sleep(micros(100));
    } finally {
      running.decrementAndGet();
    }
  }

  @Test
  void lastChildsEndAgainstANewChild_isRefusedOrWaitedFor() throws Exception {
    Stress.repeat(
        () -> {
          var inside = new AtomicInteger();
          var started = new AtomicInteger();
          var finished = new AtomicInteger();
          TaskGroup.run(
              outer -> {
                TaskGroup.run(
                    group -> {
                      group.start(
                          () -> {
                            pause(20);
                            group.startDaemon(
                                "daemon",
                                () -> {
                                  // Not for ever: on a single carrier there is always one more.
                                  for (int k = 0; k < 200; k++) {
                                    try {
                                      group.start(() -> finished.incrementAndGet());
                                      started.incrementAndGet();
                                    } catch (GroupEndedException ended) {
                                      return;
                                    }
                                    pause(5);
                                  }
                                });
                            pause(20);
                          });
                      inside.incrementAndGet();
                    });
                // Those that began before the daemons were cancelled have all ended.
                assertTrue(finished.get() <= started.get());
                int then = finished.get();
                pause(30);
                assertEquals(then, finished.get());
              });
          assertEquals(1, inside.get());
        });
  }

  @Test
  void cancelAgainstPublishingAndParking_noSleeperIsMissed() throws Exception {
    Stress.repeat(
        () ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  for (int i = 0; i < 8; i++) {
                    group.start(
                        () -> {
                          pause(30);
                          sleep(ofSeconds(1000));
                        });
                  }
                  pause(40);
                  group.cancel("wake up");
                }));
  }

  @Test
  void gatherUnderRandomDeadlinesAndFailures_everyItemThatBeganHasEnded() throws Exception {
    Stress.repeat(
        () -> {
          var begun = new AtomicInteger();
          var ended = new AtomicInteger();
          try {
            timeout(
                micros(400),
                () ->
                    Gather.over(IntStream.range(0, 60).boxed().toList())
                        .limit(1 + ThreadLocalRandom.current().nextInt(16))
                        .run(
                            i -> {
                              begun.incrementAndGet();
                              try {
                                sleep(micros(60));
                                if (ThreadLocalRandom.current().nextInt(100) == 0) {
                                  throw new IOException("unlucky");
                                }
                                return i;
                              } finally {
                                ended.incrementAndGet();
                              }
                            }));
          } catch (DeadlineExceededException | IOException expected) {
            assertTrue(begun.get() <= 60);
          }
          assertEquals(begun.get(), ended.get());
          assertFalse(Thread.currentThread().isInterrupted());
        });
  }

  @Test
  void interruptFromOutsideAgainstDeadline_isReportedOrStillPending() throws Exception {
    var mine = Thread.currentThread();
    Stress.repeat(
        () -> {
          // The interrupt comes before or after the deadline; only in the documented window,
          // between cancellation and exit, may it be taken for an echo.
          var sent = new AtomicInteger();
          Thread other =
              Thread.ofPlatform()
                  .start(
                      () -> {
                        pause(150);
                        mine.interrupt();
                        sent.incrementAndGet();
                      });
          boolean plain = false;
          try {
            timeout(ofSeconds(100), () -> sleep(ofSeconds(100)));
          } catch (InterruptedException e) {
            plain = e.getClass() == InterruptedException.class;
          }
          while (sent.get() == 0) {
            Thread.onSpinWait();
          }
          assertTrue(plain);
          assertFalse(Thread.interrupted());
          other.join();
        });
  }
}
