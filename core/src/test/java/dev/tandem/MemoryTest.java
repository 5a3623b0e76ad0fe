package dev.tandem;

import static dev.tandem.Stress.pause;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.sync.AsyncSemaphore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
