package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.conformance.AsyncioQueueTest.Order;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.QueueShutDownException;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of asyncio's tests of the shutdown of its queues. */
final class AsyncioQueueShutdownTest {

  @ParameterizedTest
  @EnumSource
  void shutdown_ofAnEmptyQueue_endsTakersAndLetsJoinersGo(Order order) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = order.unbounded();
          Task<?> taker = root.start(() -> assertThrows(QueueShutDownException.class, queue::take));
          sleep(ofSeconds(1));
          queue.shutdown();
          assertEquals(0, queue.size());
          queue.join();
          taker.await();
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertIsOver(queue);
        });
  }

  @ParameterizedTest
  @EnumSource
  void shutdown_ofAFullQueue_endsPuttersAndLeavesWhatIsIn(Order order) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = order.bounded(1);
          queue.put(1);
          Task<?> joiner = root.start(() -> queue.join());
          Task<?> putter =
              root.start(() -> assertThrows(QueueShutDownException.class, () -> queue.put(2)));
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingPutters());
          queue.shutdown();
          putter.await();
          assertEquals(1, queue.size());
          assertEquals(1, queue.take());
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingJoiners());
          assertIsOver(queue);
          queue.taskDone();
          joiner.await();
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertThrows(IllegalStateException.class, queue::taskDone);
        });
  }

  @ParameterizedTest
  @EnumSource
  void shutdownNow_dropsWhatIsInAndLetsJoinersGo(Order order) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = order.unbounded();
          queue.put(1);
          Task<?> joiner = root.start(() -> queue.join());
          sleep(ofSeconds(1));
          assertEquals(List.of(1), queue.shutdownNow());
          joiner.await();
          assertEquals(0, queue.size());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertIsOver(queue);
          assertThrows(IllegalStateException.class, queue::taskDone);
        });
  }

  @ParameterizedTest
  @EnumSource
  void shutdownNow_withAnItemInHand_joinersWaitForThat(Order order) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = order.unbounded();
          queue.put(1);
          queue.put(1);
          Task<?> joiner = root.start(() -> queue.join());
          assertEquals(1, queue.take());
          assertEquals(List.of(1), queue.shutdownNow());
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingJoiners());
          assertIsOver(queue);
          queue.taskDone();
          assertThrows(IllegalStateException.class, queue::taskDone);
          joiner.await();
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  private static void assertIsOver(AsyncQueue<Integer> queue) {
    assertTrue(queue.isShutDown());
    assertThrows(QueueShutDownException.class, () -> queue.put(3));
    assertThrows(QueueShutDownException.class, () -> queue.offer(3));
    assertThrows(QueueShutDownException.class, queue::take);
    assertThrows(QueueShutDownException.class, queue::poll);
  }
}
