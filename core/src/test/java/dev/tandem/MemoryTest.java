package dev.tandem;

import static dev.tandem.Stress.pause;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.Broadcast;
import dev.tandem.flow.Subscription;
import dev.tandem.sync.AsyncBarrier;
import dev.tandem.sync.AsyncCondition;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncSemaphore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 8: what was written before a start, an end or a hand-over is read after it. The fields
 * are plain, so nothing but Tandem orders them; and many, so that a compiler or a processor that
 * may reorder them has something to reorder.
 */
@Tag("stress")
final class MemoryTest {

  /** Several plain fields that must be seen together. */
  private static final class Plain {
    private int first;
    private int second;
    private long third;
    private int[] fourth = {0};

    void write(int value) {
      fourth = new int[] {value};
      third = value;
      second = value;
      first = value;
    }

    int read() {
      int seen = first;
      assertEquals(seen, second);
      assertEquals(seen, third);
      assertEquals(seen, fourth[0]);
      return seen;
    }
  }

  @Test
  void start_happensBeforeTheBody_andTheBodyBeforeAwaitReturns() throws Exception {
    Stress.repeat(
        () ->
            TaskGroup.run(
                group -> {
                  var there = new Plain();
                  var back = new Plain();
                  for (int i = 1; i <= 50; i++) {
                    there.write(i);
                    Task<?> task = group.start(() -> back.write(there.read()));
                    pause(5);
                    task.await();
                    assertEquals(i, back.read());
                  }
                }));
  }

  @Test
  void body_happensBeforeRunReturns() throws Exception {
    Stress.repeat(
        () -> {
          var written = IntStream.range(0, 20).mapToObj(i -> new Plain()).toList();
          TaskGroup.run(
              group -> {
                for (Plain plain : written) {
                  group.start(() -> plain.write(7));
                }
              });
          written.forEach(plain -> assertEquals(7, plain.read()));
        });
  }

  @Test
  void gatheredItems_happenBeforeTheResultsAreThere() throws Exception {
    Stress.repeat(
        () -> {
          List<Plain> results =
              Gather.over(IntStream.range(0, 50).boxed().toList())
                  .limit(8)
                  .run(
                      i -> {
                        var plain = new Plain();
                        plain.write(i);
                        return plain;
                      });
          for (int i = 0; i < 50; i++) {
            assertEquals(i, results.get(i).read());
          }
        });
  }

  @Test
  void release_happensBeforeTheAcquireThatTakesThePermit() throws Exception {
    Stress.repeat(
        () -> {
          var gate = AsyncSemaphore.of(1);
          var guarded = new Plain();
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 6; i++) {
                  group.start(
                      () -> {
                        for (int k = 0; k < 50; k++) {
                          try (var permit = gate.acquire()) {
                            guarded.write(guarded.read() + permit.count());
                          }
                        }
                      });
                }
              });
          assertEquals(300, guarded.read());
        });
  }

  @Test
  void readiness_happensBeforeTheStarterGoesOn() throws Exception {
    Stress.repeat(
        () ->
            TaskGroup.run(
                group -> {
                  for (int i = 1; i <= 20; i++) {
                    int value = i;
                    var plain = new Plain();
                    Plain said =
                        group.<Plain>startUntilReady(
                            "server",
                            ready -> {
                              plain.write(value);
                              ready.complete(plain);
                            });
                    assertEquals(value, said.read());
                  }
                }));
  }

  @Test
  void failure_happensBeforeItIsThrown() throws Exception {
    Stress.repeat(
        () -> {
          var plain = new Plain();
          assertThrows(
              TaskGroupException.class,
              () ->
                  TaskGroup.run(
                      (TaskGroup group) ->
                          group.start(
                              () -> {
                                plain.write(3);
                                throw new IllegalStateException("after the write");
                              })));
          assertEquals(3, plain.read());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16})
  void put_happensBeforeTheTake_andTheReportBeforeJoinReturns(int capacity) throws Exception {
    Stress.repeat(
        () -> {
          AsyncQueue<Plain> queue =
              capacity == 0 ? AsyncQueue.rendezvous() : AsyncQueue.bounded(capacity);
          var back = new Plain();
          TaskGroup.run(
              group -> {
                group.start(() -> queue.forEach(item -> back.write(item.read())));
                for (int i = 1; i <= 100; i++) {
                  queue.put(written(i));
                  if (i % 10 == 0) {
                    queue.join();
                    assertEquals(i, back.read());
                  }
                }
                queue.shutdown();
              });
        });
  }

  @Test
  void set_happensBeforeAwaitReturns() throws Exception {
    Stress.repeat(
        () ->
            TaskGroup.run(
                group -> {
                  for (int i = 1; i <= 30; i++) {
                    int value = i;
                    var event = AsyncEvent.create();
                    var plain = new Plain();
                    group.start(
                        () -> {
                          plain.write(value);
                          event.set();
                        });
                    event.await();
                    assertEquals(value, plain.read());
                  }
                }));
  }

  @Test
  void signal_happensBeforeTheConditionsAwaitReturns() throws Exception {
    Stress.repeat(
        () -> {
          var condition = AsyncCondition.create();
          var guarded = new Plain();
          TaskGroup.run(
              group -> {
                for (int side = 0; side < 2; side++) {
                  int turn = side;
                  group.start(
                      () -> {
                        for (int i = 0; i < 50; i++) {
                          try (var _ = condition.lock().lock()) {
                            condition.await(() -> guarded.read() % 2 == turn);
                            guarded.write(guarded.read() + 1);
                            condition.signal();
                          }
                        }
                      });
                }
              });
          assertEquals(100, guarded.read());
        });
  }

  @Test
  void whatEachDidBeforeTheBarrier_happensBeforeTheOthersGoOn() throws Exception {
    Stress.repeat(
        () -> {
          var barrier = AsyncBarrier.of(3);
          var all = IntStream.range(0, 3).mapToObj(i -> new Plain()).toList();
          TaskGroup.run(
              group -> {
                for (Plain mine : all) {
                  group.start(
                      () -> {
                        for (int i = 1; i <= 30; i++) {
                          mine.write(i);
                          barrier.await();
                          for (Plain other : all) {
                            assertEquals(i, other.read());
                          }
                          barrier.await();
                        }
                      });
                }
              });
        });
  }

  @Test
  void publish_happensBeforeEachTake() throws Exception {
    Stress.repeat(
        () -> {
          Broadcast<Plain> broadcast = Broadcast.bounded(2);
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 2; i++) {
                  Subscription<Plain> subscription = broadcast.subscribe();
                  group.start(
                      () -> {
                        for (int k = 1; k <= 50; k++) {
                          assertEquals(k, subscription.take().read());
                        }
                      });
                }
                for (int k = 1; k <= 50; k++) {
                  broadcast.publish(written(k));
                }
              });
        });
  }

  @Test
  void elements_emittedAndMapped_happenBeforeTheNextStageHasThem() throws Exception {
    Stress.repeat(
        () -> {
          var next = new AtomicInteger();
          AsyncIterator.<Plain, InterruptedException>generate(
                  4,
                  out -> {
                    for (int i = 1; i <= 50; i++) {
                      out.emit(written(i));
                    }
                  })
              .mapConcurrent(4, item -> written(item.read() + 1))
              .consume(item -> assertEquals(next.incrementAndGet() + 1, item.read()));
          assertEquals(50, next.get());
        });
  }

  private static Plain written(int value) {
    var plain = new Plain();
    plain.write(value);
    return plain;
  }
}
