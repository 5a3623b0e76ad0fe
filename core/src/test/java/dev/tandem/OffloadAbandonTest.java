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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work that is left alone when its caller is cancelled. */
final class OffloadAbandonTest {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger interrupts = new AtomicInteger();

  /** Takes no notice of interrupts, but counts them. */
  private String deaf() {
    begun.countDown();
    while (true) {
      try {
        release.await();
        return "late";
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
      }
    }
  }

  private String deafThenFail() throws IOException {
    throw new IOException("broken " + deaf());
  }

  /** Starts the work in a task, and cancels that task when the work has begun. */
  private void abandon(Work<?, ? extends Exception> work) throws InterruptedException {
    TaskGroup.run(
        group -> {
          Task<Void> caller = group.start(() -> discard(work));
          begun.await();
          caller.cancel("enough");
          assertThrows(TaskCancelledException.class, caller::await);
        });
  }

  private static void discard(Work<?, ? extends Exception> work) throws Exception {
    var _ = work.run();
  }

  @Test
  void run_callerCancelled_goesOnAtOnceAndTheLateResultIsDisposedOfOnce() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      var disposed = new CopyOnWriteArrayList<String>();
      abandon(() -> pool.abandonOnCancel().run(this::deaf, disposed::add));
      assertEquals(new Offload.Statistics(1, 1, 0, 1), pool.statistics());
      assertEquals(List.of(), disposed);
      release.countDown();
      // The place is free again when the result has been disposed of.
      assertEquals(List.of("late"), pool.run(() -> List.copyOf(disposed)));
      assertEquals(new Offload.Statistics(1, 0, 0, 0), pool.statistics());
      assertTrue(interrupts.get() <= 1, "interrupted " + interrupts + " times");
    }
  }

  @Test
  void run_callerIsNotCancelled_getsTheResult() throws Exception {
    release.countDown();
    var disposed = new CopyOnWriteArrayList<String>();
    var there = Offload.threads(1).abandonOnCancel();
    assertEquals("late", there.run(this::deaf, disposed::add));
    assertEquals("late", there.run(this::deaf));
    assertThrows(IOException.class, () -> there.run(this::deafThenFail));
    assertEquals(List.of(), disposed);
  }

  @Test
  void run_deadlinePasses_endsAtTheDeadlineAndTheWorkWaitsOn() throws Exception {
    VirtualTime.run(
        root -> {
          try (var pool = Offload.pool("one", 1)) {
            var ended = new AtomicBoolean();
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        ofSeconds(1),
                        () ->
                            pool.abandonOnCancel()
                                .run(
                                    () -> {
                                      Tandem.shield(ofSeconds(60), () -> sleep(ofSeconds(5)));
                                      ended.set(true);
                                    })));
            assertEquals(ofSeconds(1), VirtualTime.elapsed());
            assertFalse(ended.get());
            assertEquals(1, pool.statistics().abandoned());
          }
          // Closing the pool waited.
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void run_noDisposalGiven_closesWhatCanBeClosed() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      var closed = new AtomicInteger();
      abandon(
          () ->
              pool.abandonOnCancel()
                  .run(
                      () -> {
                        deaf();
                        return (AutoCloseable) closed::incrementAndGet;
                      }));
      release.countDown();
      assertEquals(1, pool.run(closed::get));
    }
  }

  @Test
  void run_abandonedWorkFails_isLoggedWithItsPath() throws Exception {
    try (var log = new LogCapture("dev.tandem.offload");
        var pool = Offload.pool("one", 1)) {
      abandon(() -> pool.named("query").abandonOnCancel().run(this::deafThenFail));
      release.countDown();
      pool.run(() -> {});
      assertEquals(List.of("work task-1/query was abandoned, and then failed"), log.messages());
      assertEquals("broken late", log.records().getFirst().getThrown().getMessage());
    }
  }

  @Test
  void run_disposalFails_isLoggedAndThePlaceIsNotLost() throws Exception {
    try (var log = new LogCapture("dev.tandem.offload");
        var pool = Offload.pool("one", 1)) {
      abandon(
          () ->
              pool.abandonOnCancel()
                  .run(
                      this::deaf,
                      late -> {
                        throw new IOException("cannot close");
                      }));
      release.countDown();
      pool.run(() -> {});
      assertEquals(1, log.records().size());
      assertEquals("cannot close", log.records().getFirst().getThrown().getMessage());
    }
  }

  @Test
  void run_abandonedWorkAnswersItsInterrupt_saysNothing() throws Exception {
    try (var log = new LogCapture("dev.tandem.offload");
        var pool = Offload.pool("one", 1)) {
      abandon(
          () ->
              pool.abandonOnCancel()
                  .run(
                      () -> {
                        begun.countDown();
                        release.await();
                        return "never";
                      }));
      pool.run(() -> {});
      assertEquals(List.of(), log.messages());
    }
  }

  @Test
  void run_disposalRuns_outsideOfTheCancelledScopeAndWithItsFlagDown() throws Exception {
    try (var log = new LogCapture("dev.tandem.offload");
        var pool = Offload.pool("one", 1)) {
      var calm = new AtomicBoolean();
      abandon(
          () ->
              pool.abandonOnCancel()
                  .run(
                      () -> {
                        String late = deaf();
                        Thread.currentThread().interrupt();
                        return late;
                      },
                      late -> {
                        boolean flagged = Thread.currentThread().isInterrupted();
                        Tandem.checkpoint();
                        calm.set(!flagged);
                      }));
      release.countDown();
      pool.run(() -> {});
      assertEquals(List.of(), log.messages());
      assertTrue(calm.get());
    }
  }

  @Test
  void run_callerInterruptedFromOutside_goesOnAtOnceToo() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      var thrown = new CopyOnWriteArrayList<Throwable>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      pool.abandonOnCancel().run(this::deaf);
                    } catch (Throwable e) {
                      thrown.add(e);
                    }
                  });
      begun.await();
      caller.interrupt();
      caller.join();
      assertEquals(InterruptedException.class, thrown.getFirst().getClass());
      assertEquals(1, pool.statistics().abandoned());
      release.countDown();
    }
  }

  @Test
  void run_nestedInWorkOfTheSamePlace_isNotAbandonedApart() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      var disposed = new CopyOnWriteArrayList<String>();
      abandon(
          () ->
              pool.abandonOnCancel()
                  .run(() -> pool.abandonOnCancel().run(this::deaf), disposed::add));
      release.countDown();
      assertEquals(List.of("late"), pool.run(() -> List.copyOf(disposed)));
    }
  }
}
