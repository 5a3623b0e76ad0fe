package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How queues end, and what those at their ends learn of it. */
final class QueueShutdownTest {

  @Test
  void shutdown_withACause_isThrownByAllWhoTakeWhenNothingIsLeft() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
    queue.put(1);
    var cause = new IOException("the source is gone");
    queue.shutdown(cause);
    assertEquals(1, queue.take());
    assertCause(cause, queue::take);
    assertCause(cause, queue::next);
    assertCause(cause, queue::poll);
    assertCause(cause, () -> queue.poll(ofSeconds(1)));
    assertCause(cause, () -> queue.forEach(item -> {}));
    assertCause(cause, () -> queue.items().iterator().hasNext());
    assertCause(cause, () -> Select.takeAny(queue, AsyncQueue.bounded(1)));
    assertCause(cause, () -> queue.put(2));
    assertCause(cause, () -> queue.offer(2));
  }

  @Test
  void shutdown_again_keepsTheFirstCause() {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
    queue.offer(1);
    var cause = new IOException("first");
    queue.shutdown(cause);
    queue.shutdown();
    assertEquals(List.of(1), queue.shutdownNow(new IOException("second")));
    assertEquals(List.of(), queue.shutdownNow());
    assertCause(cause, queue::take);
  }

  @Test
  void shutdown_withoutACause_endsLoopsQuietly() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded();
    queue.put(1);
    queue.put(2);
    queue.shutdown();
    List<Integer> seen = new ArrayList<>();
    for (int item : queue.items()) {
      seen.add(item);
    }
    queue.forEach(seen::add);
    assertEquals(List.of(1, 2), seen);
    assertEquals(Optional.empty(), queue.next());
    assertThrows(NoSuchElementException.class, () -> queue.items().iterator().next());
    assertEquals(0, queue.drainTo(seen));
  }

  @ParameterizedTest
  @EnumSource
  void shutdown_whileTasksWaitAtBothEnds_sendsThemAway(Kind kind) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> empty = kind.queue();
          AsyncQueue<Integer> full = kind.queue();
          while (full.offer(1) && full.size() < 2000) {
            // Until it is full.
          }
          root.start(() -> assertThrows(QueueShutDownException.class, empty::take));
          root.start(() -> empty.forEach(item -> {}));
          if (full.remainingCapacity() == 0) {
            root.start(() -> assertThrows(QueueShutDownException.class, () -> full.put(2)));
          }
          sleep(ofSeconds(1));
          empty.shutdown();
          int inside = full.size();
          assertEquals(inside, full.shutdownNow().size());
          full.join();
        });
  }

  @Test
  void forEach_actionFails_reportsTheItemAndThrowsThat() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded();
    queue.put(1);
    queue.put(2);
    var mine = new IOException("mine");
    assertSame(
        mine,
        assertThrows(
            IOException.class,
            () ->
                queue.forEach(
                    item -> {
                      throw mine;
                    })));
    assertEquals(1, queue.statistics().unfinished());
    assertEquals(2, queue.take());
  }

  @Test
  void join_withATimeLimit_saysWhetherAllIsDone() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          queue.put(1);
          queue.take();
          assertEquals(false, queue.join(ofSeconds(2)));
          assertThrows(
              DeadlineExceededException.class, () -> timeout(ofSeconds(2), () -> queue.join()));
          assertEquals(0, queue.statistics().waitingJoiners());
          queue.taskDone();
          assertEquals(true, queue.join(ofSeconds(2)));
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
        });
  }

  @Test
  void drainTo_withPuttersWaiting_letsThemIn() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.rendezvous();
          for (int i = 0; i < 3; i++) {
            int item = i;
            root.start(
                () -> {
                  sleep(ofSeconds(item));
                  queue.put(item);
                });
          }
          sleep(ofSeconds(5));
          List<Integer> drained = new ArrayList<>();
          assertEquals(2, queue.drainTo(drained, 2));
          assertEquals(1, queue.drainTo(drained));
          assertEquals(List.of(0, 1, 2), drained);
        });
  }

  @Test
  void priority_whoseOrderThrows_losesNothing() throws Exception {
    AsyncQueue<Object> queue =
        AsyncQueue.priority((one, other) -> ((Integer) one).compareTo((Integer) other), 2);
    queue.put(2);
    queue.put(1);
    assertThrows(ClassCastException.class, () -> queue.offer("not a number"));
    assertThrows(ClassCastException.class, () -> queue.put("not a number"));
    assertEquals(2, queue.size());
    assertEquals(List.of(1, 2), List.of(queue.take(), queue.take()));
  }

  private static void assertCause(Throwable cause, Executable end) {
    assertSame(cause, assertThrows(QueueShutDownException.class, end).getCause());
  }
}
