package dev.tandem;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Cancels offloaded work at random; every place, result and interrupt is accounted for. */
final class OffloadStressTest {

  private final AtomicInteger produced = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger disposed = new AtomicInteger();
  private final AtomicInteger leaked = new AtomicInteger();

  /** Sometimes blocks, sometimes computes, sometimes swallows its interrupt or repeats it. */
  private Integer work() throws InterruptedException {
    if (Thread.interrupted()) {
      // It may have been cancelled in this very moment; else the interrupt was another's.
      Tandem.checkpoint();
      leaked.incrementAndGet();
    }
    int habit = ThreadLocalRandom.current().nextInt(4);
    try {
      if (habit == 0) {
        sleep(micros(80));
      } else if (habit == 1) {
        Thread.sleep(micros(80));
      } else {
        pause(80);
      }
    } catch (InterruptedException e) {
      if (ThreadLocalRandom.current().nextBoolean()) {
        Thread.currentThread().interrupt();
        throw e;
      }
      Thread.currentThread().interrupt();
    }
    return produced.incrementAndGet();
  }

  private void hurry(Work<Integer, RuntimeException> call) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      try {
        // Counted inside: what a deadline does to a value that was returned is not our matter.
        timeout(
            micros(150),
            () -> {
              call.run();
              return received.incrementAndGet();
            });
      } catch (DeadlineExceededException cutShort) {
        Thread.onSpinWait();
      }
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void cancelAgainstEndOfWork_noPlaceIsLostAndNoInterruptReachesTheNext() throws Exception {
    try (var pool = Offload.pool("stress", 3)) {
      Stress.repeat(
          () -> {
            TaskGroup.run(
                group -> {
                  for (int i = 0; i < 8; i++) {
                    group.start(() -> hurry(() -> pool.run(this::work)));
                  }
                });
            assertEquals(new Offload.Statistics(3, 0, 0, 0), pool.statistics());
          });
    }
    assertEquals(0, leaked.get());
    assertEquals(produced.get(), received.get());
  }

  @Test
  void abandonAgainstEndOfWork_everyResultIsReceivedOrDisposedOf() throws Exception {
    try (var log = new LogCapture("dev.tandem.offload")) {
      try (var pool = Offload.pool("stress", 3)) {
        var there = pool.abandonOnCancel();
        Stress.repeat(
            () ->
                TaskGroup.run(
                    group -> {
                      for (int i = 0; i < 8; i++) {
                        group.start(
                            () ->
                                hurry(
                                    () ->
                                        there.run(this::work, late -> disposed.incrementAndGet())));
                      }
                    }));
      }
      assertEquals(0, log.records().size());
    }
    assertEquals(0, leaked.get());
    assertEquals(produced.get(), received.get() + disposed.get());
  }

  @Test
  void cancelAgainstBegin_workOfOwnExecutorBeginsOrNeverDoes() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      var there = Offload.on(executor, 4);
      Stress.repeat(
          () -> {
            TaskGroup.run(
                group -> {
                  for (int i = 0; i < 8; i++) {
                    group.start(() -> hurry(() -> there.run(this::work)));
                  }
                });
            assertEquals(new Offload.Statistics(4, 0, 0, 0), there.statistics());
          });
    }
    assertEquals(0, leaked.get());
    assertEquals(produced.get(), received.get());
  }

  @Test
  void closeAgainstRun_workRunsToItsEndOrIsRefused() throws Exception {
    Stress.repeat(
        () -> {
          var pool = Offload.pool("closing", 2);
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 6; i++) {
                  group.start(
                      () -> {
                        try {
                          for (int k = 0; k < 20; k++) {
                            pool.run(produced::incrementAndGet);
                            received.incrementAndGet();
                          }
                        } catch (OffloadRejectedException closed) {
                          Thread.onSpinWait();
                        }
                      });
                }
                pause(300);
                pool.close();
              });
          assertEquals(new Offload.Statistics(2, 0, 0, 0), pool.statistics());
          assertEquals(produced.get(), received.get());
        });
  }
}
