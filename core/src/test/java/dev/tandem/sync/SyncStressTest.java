package dev.tandem.sync;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each primitive, used by tasks that are interrupted and cancelled at random moments. Afterwards
 * everything is accounted for: permits, the lock, signals, places, and nobody is left in a queue.
 */
@Tag("stress")
final class SyncStressTest {

  private static final int TASKS = 6;
  private static final int TURNS = 15;

  /** What a task does again and again. */
  private interface Turn {
    void take() throws Exception;
  }

  @Test
  void semaphore_resizedMeanwhile_hasAllItsPermitsAfterwards() throws Exception {
    Stress.repeat(
        () -> {
          var gate = AsyncSemaphore.of(3);
          disturb(
              () -> {
                switch (random(6)) {
                  case 0 -> gate.resize(2 + random(3));
                  case 1 -> gate.tryAcquire().ifPresent(SyncStressTest::use);
                  case 2 ->
                      gate.tryAcquire(1 + random(2), micros(50)).ifPresent(SyncStressTest::use);
                  case 3 ->
                      gate.run(
                          () -> {
                            pause(5);
                          });
                  default -> use(gate.acquire(1 + random(2)));
                }
              });
          AsyncSemaphore.Statistics now = gate.statistics();
          assertEquals(now.permits(), now.available(), gate::toString);
          assertEquals(0, now.waiting());
        });
  }

  @Test
  void semaphoreWithRequestsOfAllSizes_resizedMeanwhile_leavesNobodyBehind() throws Exception {
    Stress.repeat(
        () -> {
          var gate = AsyncSemaphore.of(4);
          disturb(
              () -> {
                if (random(4) == 0) {
                  gate.resize(1 + random(4));
                }
                try {
                  use(gate.acquire(1 + random(4)));
                } catch (TooFewPermitsException | IllegalArgumentException resized) {
                  assertTrue(gate.statistics().permits() <= 4);
                }
              });
          AsyncSemaphore.Statistics now = gate.statistics();
          assertEquals(now.permits(), now.available(), gate::toString);
          assertEquals(0, now.waiting());
        });
  }

  @Test
  void semaphore_closedMeanwhile_takesItsPermitsBack() throws Exception {
    Stress.repeat(
        () -> {
          var gate = AsyncSemaphore.of(2);
          var turns = new AtomicInteger();
          disturb(
              () -> {
                if (turns.incrementAndGet() == 40) {
                  gate.close();
                }
                try {
                  use(gate.acquire());
                } catch (ClosedException closed) {
                  assertTrue(gate.isClosed());
                }
              });
          assertEquals(new AsyncSemaphore.Statistics(2, 2, 0), gate.statistics());
        });
  }

  @Test
  void keys_areAllForgotten() throws Exception {
    Stress.repeat(
        () -> {
          var limit = KeyedSemaphore.<Integer>of(1, 2);
          disturb(() -> useKey(limit));
          assertEquals(0, limit.keys());
          assertEquals(new KeyedSemaphore.Statistics(2, 2, 0), limit.statistics());
        });
  }

  @Test
  void keys_oneOfThemInUseAllTheTime_hasAllItsPermitsAfterwards() throws Exception {
    Stress.repeat(
        () -> {
          var limit = KeyedSemaphore.<Integer>of(2, 2);
          try (var _ = limit.acquire(0)) {
            disturb(() -> useKey(limit));
            assertEquals(1, limit.keys());
            assertEquals(new KeyedSemaphore.Statistics(2, 1, 0), limit.statistics(0));
            assertEquals(new KeyedSemaphore.Statistics(2, 1, 0), limit.statistics());
          }
          assertEquals(0, limit.keys());
        });
  }

  private static void useKey(KeyedSemaphore<Integer> limit) throws InterruptedException {
    switch (random(3)) {
      case 0 -> limit.tryAcquire(random(3)).ifPresent(SyncStressTest::use);
      case 1 -> limit.tryAcquire(random(3), micros(50)).ifPresent(SyncStressTest::use);
      default -> use(limit.acquire(random(3)));
    }
  }

  private int guarded;

  @Test
  void lock_letsOneIn_andIsFreeAfterwards() throws Exception {
    Stress.repeat(
        () -> {
          var lock = random(2) == 0 ? AsyncLock.create() : AsyncLock.reentrant();
          var entered = new AtomicInteger();
          guarded = 0;
          disturb(
              () -> {
                try (var held =
                    random(3) == 0 ? lock.tryLock(micros(50)).orElse(null) : lock.lock()) {
                  if (held != null) {
                    assertTrue(lock.isHeldByCurrentThread());
                    int seen = guarded;
                    pause(5);
                    guarded = seen + 1;
                    entered.incrementAndGet();
                  }
                }
              });
          assertEquals(entered.get(), guarded);
          assertEquals(0, lock.statistics().holds());
          assertEquals(0, lock.statistics().waiting());
        });
  }

  @Test
  void event_leavesNobodyBehind() throws Exception {
    Stress.repeat(
        () -> {
          var event = AsyncEvent.create();
          disturb(
              () -> {
                switch (random(4)) {
                  case 0 -> event.set();
                  case 1 -> event.clear();
                  default -> event.await(micros(50));
                }
              });
          assertEquals(0, event.statistics().waiting());
        });
  }

  @Test
  void barrier_isPassedByAllOrNone() throws Exception {
    Stress.repeat(
        () -> {
          var barrier = AsyncBarrier.of(3);
          var sum = new AtomicInteger();
          var passed = new AtomicInteger();
          disturb(
              () -> {
                if (random(20) == 0) {
                  barrier.reset();
                }
                try {
                  barrier
                      .await(micros(100))
                      .ifPresent(
                          index -> {
                            sum.addAndGet(index);
                            passed.incrementAndGet();
                          });
                } catch (BarrierBrokenException reset) {
                  assertTrue(reset.getMessage().contains("reset"));
                }
              });
          assertEquals(0, passed.get() % 3, "some went on without the others");
          assertEquals(passed.get(), sum.get(), "each three have the numbers 0, 1 and 2");
          assertEquals(0, barrier.statistics().waiting());
        });
  }

  @Test
  void rate_isKept_andNobodyIsLeftBehind() throws Exception {
    Stress.repeat(
        () -> {
          var limiter = RateLimiter.of(1, micros(20).plusNanos(1_000), 3);
          long before = System.nanoTime();
          var through = new AtomicInteger();
          disturb(
              () -> {
                int weight = 1 + random(3);
                if (random(2) == 0
                    ? limiter.tryAcquire(weight, micros(100))
                    : always(limiter, weight)) {
                  through.addAndGet(weight);
                }
              });
          long after = System.nanoTime();
          assertTrue(through.get() <= 3 + (after - before) / 1_000, "faster than any rate here");
          assertEquals(0, limiter.statistics().waiting());
          assertEquals(0, limiter.statistics().wanted());
        });
  }

  private static boolean always(RateLimiter limiter, int weight) throws InterruptedException {
    limiter.acquire(weight);
    return true;
  }

  /** One consumer that nobody disturbs gets what the others did not, signal by signal. */
  @Test
  void condition_noSignalIsLost() throws Exception {
    Stress.repeat(
        () -> {
          var condition = AsyncCondition.create();
          Queue<Integer> items = new ArrayDeque<>();
          var produced = new AtomicInteger();
          var consumed = new AtomicInteger();
          TaskGroup.run(
              root -> {
                root.startDaemon("undisturbed", () -> consumeForEver(condition, items, consumed));
                disturb(
                    () -> {
                      if (random(2) == 0) {
                        try (var _ = condition.lock().lock()) {
                          items.add(produced.incrementAndGet());
                          condition.signal();
                        }
                      } else {
                        try (var _ = condition.lock().lock()) {
                          if (random(2) == 0) {
                            condition.await(() -> !items.isEmpty());
                          } else if (!condition.await(() -> !items.isEmpty(), micros(60))) {
                            return;
                          }
                          items.remove();
                          consumed.incrementAndGet();
                        }
                      }
                    },
                    () -> Tandem.sleep(micros(500)));
                while (consumed.get() < produced.get()) {
                  Tandem.sleep(micros(100));
                }
              });
          assertEquals(produced.get(), consumed.get());
          assertEquals(0, items.size());
          assertEquals(0, condition.statistics().waiting());
          assertEquals(0, condition.lock().statistics().holds());
        });
  }

  private static void consumeForEver(
      AsyncCondition condition, Queue<Integer> items, AtomicInteger consumed)
      throws InterruptedException {
    try (var _ = condition.lock().lock()) {
      while (true) {
        condition.await(() -> !items.isEmpty());
        items.remove();
        consumed.incrementAndGet();
      }
    }
  }

  private static void use(Permit permit) {
    try (permit) {
      pause(5);
    }
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private static void disturb(Turn turn) throws Exception {
    disturb(turn, () -> {});
  }

  /** Lets tasks take their turns, while some are interrupted and some cancelled. */
  private static void disturb(Turn turn, Turn beforeCancel) throws Exception {
    var threads = new ConcurrentLinkedQueue<Thread>();
    TaskGroup.run(
        group -> {
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < TASKS; i++) {
            tasks.add(
                group.start(
                    () -> {
                      threads.add(Thread.currentThread());
                      for (int k = 0; k < TURNS; k++) {
                        take(turn);
                      }
                    }));
          }
          for (int i = 0; i < 4; i++) {
            pause(60);
            Thread victim = threads.poll();
            if (victim != null) {
              victim.interrupt();
            }
            tasks.get(random(TASKS)).cancel("disturbed");
          }
          beforeCancel.take();
          // Whoever waits for something that does not come is cancelled with the others.
          tasks.forEach(task -> task.cancel("enough"));
        });
  }

  private static void take(Turn turn) throws Exception {
    try {
      turn.take();
    } catch (InterruptedException disturbed) {
      // A cancelled task is told again by its next wait.
    }
  }
}
