package dev.tandem.testing;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.GroupAction;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.sync.AsyncBarrier;
import dev.tandem.sync.AsyncCondition;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Core's own primitives in many orders, with cancellations at random moments: nothing is lost,
 * nothing is there twice, and nobody waits for ever.
 */
final class ExplorationTest {

  private static final int SEEDS = 150;
  private static final int TASKS = 6;

  private static void everyOrder(Function<Random, GroupAction<Exception>> program)
      throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        VirtualTime.seed(seed).run(program.apply(new Random(seed)));
      } catch (Throwable failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  /** Cancels some of the tasks, each at a moment of its own. */
  private static void cancelSome(TaskGroup group, Random random, List<Task<?>> tasks) {
    for (Task<?> task : tasks) {
      if (random.nextBoolean()) {
        group.start(
            () -> {
              sleep(ofMillis(random.nextInt(1, 20)));
              task.cancel("at random");
            });
      }
    }
  }

  @Test
  void semaphore_cancelledAtRandom_everyPermitComesBack() throws Exception {
    everyOrder(
        random ->
            group -> {
              var semaphore = AsyncSemaphore.of(2);
              var inside = new int[1];
              TaskGroup.run(
                  (TaskGroup inner) -> {
                    List<Task<?>> tasks = new ArrayList<>();
                    for (int i = 0; i < TASKS; i++) {
                      int permits = 1 + i % 2;
                      tasks.add(
                          inner.start(
                              () -> {
                                try (var _ = semaphore.acquire(permits)) {
                                  inside[0] += permits;
                                  assertTrue(inside[0] <= 2);
                                  try {
                                    sleep(ofMillis(random.nextInt(1, 8)));
                                  } finally {
                                    inside[0] -= permits;
                                  }
                                }
                              }));
                    }
                    cancelSome(inner, random, tasks);
                  });
              assertEquals(2, semaphore.statistics().available());
              assertEquals(0, semaphore.statistics().waiting());
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void queue_cancelledAtRandom_everyItemIsAccountedFor(int capacity) throws Exception {
    everyOrder(
        random ->
            group -> {
              AsyncQueue<Integer> queue =
                  capacity == 0 ? AsyncQueue.rendezvous() : AsyncQueue.bounded(capacity);
              List<Integer> put = new ArrayList<>();
              List<Integer> taken = new ArrayList<>();
              TaskGroup.run(
                  (TaskGroup inner) -> {
                    List<Task<?>> tasks = new ArrayList<>();
                    for (int i = 0; i < TASKS; i++) {
                      int first = 100 * i;
                      tasks.add(inner.start(() -> putSome(queue, first, random, put)));
                      tasks.add(inner.start(() -> takeSome(queue, random, taken)));
                    }
                    cancelSome(inner, random, tasks);
                    // Whoever is left over would wait for ever.
                    sleep(ofMillis(500));
                    tasks.forEach(task -> task.cancel("the end"));
                  });
              queue.drainTo(taken);
              Collections.sort(taken);
              Collections.sort(put);
              assertEquals(put, taken);
            });
  }

  private static void putSome(
      AsyncQueue<Integer> queue, int first, Random random, List<Integer> put)
      throws InterruptedException {
    for (int item = first; item < first + 4; item++) {
      queue.put(item);
      put.add(item);
      sleep(ofMillis(random.nextInt(1, 4)));
    }
  }

  private static void takeSome(AsyncQueue<Integer> queue, Random random, List<Integer> taken)
      throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      taken.add(queue.take());
      sleep(ofMillis(random.nextInt(1, 4)));
    }
  }

  @Test
  void lockAndCondition_cancelledAtRandom_neverTwoInside_noSignalLost() throws Exception {
    everyOrder(
        random ->
            group -> {
              var lock = AsyncLock.create();
              var notEmpty = AsyncCondition.of(lock);
              var tokens = new int[1];
              var used = new int[1];
              var owners = new int[1];
              TaskGroup.run(
                  (TaskGroup inner) -> {
                    List<Task<?>> tasks = new ArrayList<>();
                    for (int i = 0; i < TASKS; i++) {
                      tasks.add(
                          inner.start(
                              () -> {
                                try (var _ = lock.lock()) {
                                  assertEquals(1, ++owners[0]);
                                  try {
                                    while (tokens[0] == 0) {
                                      owners[0]--;
                                      try {
                                        notEmpty.await();
                                      } finally {
                                        assertEquals(1, ++owners[0]);
                                      }
                                    }
                                    tokens[0]--;
                                    used[0]++;
                                  } finally {
                                    owners[0]--;
                                  }
                                }
                              }));
                    }
                    cancelSome(inner, random, tasks);
                    for (int i = 0; i < TASKS; i++) {
                      sleep(ofMillis(random.nextInt(1, 6)));
                      try (var _ = lock.lock()) {
                        tokens[0]++;
                        notEmpty.signal();
                      }
                    }
                  });
              assertEquals(TASKS, tokens[0] + used[0]);
            });
  }

  @Test
  void barrier_someGiveUp_theOthersMeet() throws Exception {
    everyOrder(
        random ->
            group -> {
              var barrier = AsyncBarrier.of(3);
              var met = new int[1];
              TaskGroup.run(
                  (TaskGroup inner) ->
                      IntStream.range(0, TASKS)
                          .forEach(
                              i ->
                                  inner.start(
                                      () -> {
                                        var place =
                                            moveOnAfter(
                                                ofMillis(random.nextInt(1, 10)),
                                                () -> {
                                                  sleep(ofMillis(random.nextInt(1, 10)));
                                                  return barrier.await();
                                                });
                                        met[0] += place.isPresent() ? 1 : 0;
                                      })));
              assertEquals(0, met[0] % 3);
              assertEquals(0, barrier.statistics().waiting());
            });
  }
}
