package dev.tandem;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Threads of somebody else's, with the habits that executors have. */
final class OffloadExecutorTest {

  private static final Offload.Statistics IDLE_OF_2 = new Offload.Statistics(2, 0, 0, 0);

  @Test
  void on_executor_runsThere() throws Exception {
    try (var executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"))) {
      var mine = Offload.on(executor);
      assertEquals("mine", mine.run(() -> Thread.currentThread().getName()));
      assertEquals("mine", mine.run(() -> mine.run(() -> Thread.currentThread().getName())));
    }
  }

  @Test
  void on_executorIsShutDown_isATypedErrorAndNoPlaceIsLost() throws Exception {
    var executor = Executors.newFixedThreadPool(1);
    var there = Offload.on(executor, 2);
    executor.shutdownNow();
    for (int i = 0; i < 5; i++) {
      var refusal = assertThrows(OffloadRejectedException.class, () -> there.run(() -> 1));
      assertInstanceOf(RejectedExecutionException.class, refusal.getCause());
      assertTrue(
          refusal
              .getMessage()
              .startsWith("'offload' was refused by the executor, a ThreadPoolExecutor, as it is"),
          refusal.getMessage());
    }
    assertEquals(IDLE_OF_2, there.statistics());
  }

  @Test
  void on_workThrowsRejection_passesAsItself() {
    var own = new RejectedExecutionException("mine");
    assertSame(
        own,
        assertThrows(
            RejectedExecutionException.class,
            () -> Offload.on(Runnable::run).run(() -> fail(own))));
  }

  private static int fail(RuntimeException failure) {
    throw failure;
  }

  @Test
  void on_executorWithoutQueue_withALimitRefusesNobody() throws Exception {
    try (var executor =
        new ThreadPoolExecutor(0, 8, 1, TimeUnit.SECONDS, new SynchronousQueue<>())) {
      var there = Offload.on(executor, 2);
      List<Integer> results =
          gather(IntStream.range(0, 100).boxed().toList(), i -> there.run(() -> i));
      assertEquals(IntStream.range(0, 100).boxed().toList(), results);
      assertEquals(IDLE_OF_2, there.statistics());
    }
  }

  @Test
  void on_executorDropsTheWork_callerThatIsCancelledGoesOnAndLateRunsDoNothing() throws Exception {
    var dropped = new ArrayDeque<Runnable>();
    var begun = new AtomicBoolean();
    TaskGroup.run(
        group -> {
          var there =
              Offload.on(
                  task -> {
                    dropped.add(task);
                    group.cancel("dropped");
                  },
                  2);
          try {
            there.run(() -> begun.set(true));
          } finally {
            assertEquals(IDLE_OF_2, there.statistics());
          }
        });
    dropped.remove().run();
    assertFalse(begun.get());
  }

  @Test
  void on_workIsQueuedWhenTheCallerIsCancelled_theCallerDoesNotWaitForTheQueue() throws Exception {
    var queue = new LinkedBlockingQueue<Runnable>();
    var begun = new AtomicInteger();
    TaskGroup.run(
        group -> {
          var there = Offload.on(queue::add, 2);
          Task<Integer> caller = group.start(() -> there.run(begun::incrementAndGet));
          Runnable queued = queue.take();
          caller.cancel("enough");
          assertThrows(TaskCancelledException.class, caller::await);
          assertEquals(IDLE_OF_2, there.statistics());
          queued.run();
          assertEquals(0, begun.get());
        });
  }

  @Test
  void on_executorRunsInTheCaller_isAsIfItWereCalled() throws Exception {
    VirtualTime.run(
        root -> {
          var here = Offload.on(Runnable::run);
          assertSame(Thread.currentThread(), here.run(Thread::currentThread));
          here.run(() -> sleep(ofSeconds(1)));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> here.run(() -> sleep(ofSeconds(5)))));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertFalse(Thread.currentThread().isInterrupted());
        });
  }

  @Test
  void on_executorRunsInTheCaller_aCancellationIsNeverTakenForAnInterruptFromOutside()
      throws Exception {
    var seen = new ConcurrentHashMap<Class<?>, Integer>();
    for (int i = 0; i < 1000; i++) {
      var begun = new CountDownLatch(1);
      TaskGroup.run(
          (TaskGroup group) -> {
            Task<Void> task = group.start(() -> sleepInCaller(begun, seen));
            begun.await();
            task.cancel("enough");
          });
    }
    assertEquals(Map.of(CancelledException.class, 2000), seen);
  }

  /** Counts what the work sees, and what its caller sees. */
  private static void sleepInCaller(CountDownLatch begun, Map<Class<?>, Integer> seen)
      throws InterruptedException {
    try {
      Offload.on(Runnable::run)
          .run(
              () -> {
                begun.countDown();
                try {
                  sleep(ofSeconds(60));
                } catch (InterruptedException stopped) {
                  seen.merge(stopped.getClass(), 1, Integer::sum);
                  throw stopped;
                }
              });
    } catch (InterruptedException stopped) {
      seen.merge(stopped.getClass(), 1, Integer::sum);
      throw stopped;
    }
  }

  @Test
  void on_executorRunsInTheCaller_anInterruptFromOutsideIsNotLost() throws Exception {
    Offload.on(Runnable::run).run(() -> Thread.currentThread().interrupt());
    assertTrue(Thread.interrupted());
  }

  @Test
  void on_threadOfTheExecutorHasItsFlagUp_theWorkDoesNotSeeItAndTheThreadKeepsIt()
      throws Exception {
    var flagAfter = new AtomicBoolean();
    try (var executor = Executors.newSingleThreadExecutor()) {
      var there =
          Offload.on(
              task ->
                  executor.execute(
                      () -> {
                        Thread.currentThread().interrupt();
                        task.run();
                        flagAfter.set(Thread.interrupted());
                      }));
      assertFalse(there.run(() -> Thread.currentThread().isInterrupted()));
    }
    assertTrue(flagAfter.get());
  }

  @Test
  void on_workLeavesTheFlagUp_theThreadOfTheExecutorDoesNotKeepIt() throws Exception {
    var flagAfter = new AtomicBoolean(true);
    try (var executor = Executors.newSingleThreadExecutor()) {
      var there =
          Offload.on(
              task ->
                  executor.execute(
                      () -> {
                        task.run();
                        flagAfter.set(Thread.interrupted());
                      }));
      there.run(() -> Thread.currentThread().interrupt());
    }
    assertFalse(flagAfter.get());
  }

  @Test
  void on_executorThrowsThoughItTookTheWork_theWorkCounts() throws Exception {
    var there =
        Offload.on(
            task -> {
              task.run();
              throw new RejectedExecutionException("too late");
            });
    assertEquals(1, there.run(() -> 1));
  }
}
