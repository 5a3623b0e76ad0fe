package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A select with nothing to choose from is like the put or the take itself. */
final class OneClauseTest {

  private static AsyncQueue<Integer> full(int capacity) throws InterruptedException {
    AsyncQueue<Integer> queue = empty(capacity);
    for (int i = 0; i < capacity; i++) {
      queue.put(i);
    }
    return queue;
  }

  private static AsyncQueue<Integer> empty(int capacity) {
    return capacity == 0 ? AsyncQueue.rendezvous() : AsyncQueue.bounded(capacity);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void taking_waitsInTurnAndRunsItsCodeWithTheItem(int capacity) throws Exception {
    AsyncQueue<Integer> queue = empty(capacity);
    VirtualTime.run(
        root -> {
          Task<Integer> before = root.start(queue::take);
          sleep(ofSeconds(1));
          Task<String> select = root.start(() -> Select.of(queue.taking(n -> "took " + n)).run());
          sleep(ofSeconds(1));
          queue.put(1);
          queue.put(2);
          assertEquals(1, before.await());
          assertEquals("took 2", select.await());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void putting_waitsForRoomAndRunsItsCode(int capacity) throws Exception {
    AsyncQueue<Integer> queue = full(capacity);
    VirtualTime.run(
        root -> {
          Task<String> select = root.start(() -> Select.of(queue.putting(9, () -> "put")).run());
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingPutters());
          queue.drainTo(new ArrayList<>(), Math.max(1, capacity));
          assertEquals("put", select.await());
          assertEquals(0, queue.statistics().waitingPutters());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void within_nothingCame_isEmptyAndLeavesNothingBehind(int capacity) throws Exception {
    AsyncQueue<Integer> empty = empty(capacity);
    AsyncQueue<Integer> full = full(capacity);
    VirtualTime.run(
        root -> {
          assertEquals(Optional.empty(), Select.of(empty.taking()).within(ofSeconds(1)));
          assertEquals(Optional.empty(), Select.of(full.putting(9)).within(ofSeconds(1)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
    assertEquals(0, empty.statistics().waitingTakers());
    assertEquals(0, full.statistics().waitingPutters());
    assertEquals(capacity, full.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void run_cancelled_didNothing(int capacity) throws Exception {
    AsyncQueue<Integer> empty = empty(capacity);
    AsyncQueue<Integer> full = full(capacity);
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> Select.of(empty.taking()).run()));
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> Select.of(full.putting(9)).run()));
        });
    assertEquals(0, empty.statistics().waitingTakers());
    assertEquals(capacity, full.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void run_shutDownMeanwhile_throws(int capacity) throws Exception {
    AsyncQueue<Integer> empty = empty(capacity);
    AsyncQueue<Integer> full = full(capacity);
    var cause = new IOException("broken");
    VirtualTime.run(
        root -> {
          root.start(() -> refused(Select.of(empty.taking()), null));
          root.start(() -> refused(Select.of(full.putting(9)), cause));
          sleep(ofSeconds(1));
          empty.shutdown();
          full.shutdown(cause);
        });
  }

  private static void refused(Select<?, ?> select, Throwable cause) {
    var thrown = assertThrows(QueueShutDownException.class, select::run);
    assertSame(cause, thrown.getCause());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void run_itsCodeThrows_theItemWasTaken(int capacity) throws Exception {
    AsyncQueue<Integer> queue = empty(capacity);
    VirtualTime.run(
        root -> {
          root.start(() -> queue.put(1));
          var select =
              Select.of(
                  queue.taking(
                      item -> {
                        throw new IOException("of " + item);
                      }));
          assertEquals("of 1", assertThrows(IOException.class, select::run).getMessage());
        });
    assertEquals(0, queue.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void poll_doesOnlyWhatNeedsNoWaiting(int capacity) throws Exception {
    AsyncQueue<Integer> queue = empty(capacity);
    assertEquals(Optional.empty(), Select.of(queue.taking()).poll());
    VirtualTime.run(
        root -> {
          root.start(() -> queue.put(1));
          sleep(ofSeconds(1));
          assertEquals(Optional.of(1), Select.of(queue.taking()).poll());
        });
  }
}
