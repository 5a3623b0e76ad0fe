package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.conformance.AsyncioQueueTest.Order;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.testing.VirtualTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of asyncio's tests of task_done and join. */
final class AsyncioQueueJoinTest {

  @ParameterizedTest
  @EnumSource
  void taskDone_tooOften_isRefused(Order order) throws Exception {
    AsyncQueue<Integer> queue = order.unbounded();
    assertThrows(IllegalStateException.class, queue::taskDone);
    queue.put(1);
    assertThrows(IllegalStateException.class, queue::taskDone);
    queue.take();
    queue.taskDone();
    assertThrows(IllegalStateException.class, queue::taskDone);
  }

  @ParameterizedTest
  @EnumSource
  void join_withWorkers_waitsUntilAllIsReported(Order order) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = order.unbounded();
          for (int i = 0; i < 100; i++) {
            queue.put(i);
          }
          var sum = new AtomicInteger();
          for (int i = 0; i < 2; i++) {
            root.startDaemon(
                "worker-" + i,
                () -> {
                  while (true) {
                    int item = queue.take();
                    sleep(ofSeconds(1));
                    sum.addAndGet(item);
                    queue.taskDone();
                  }
                });
          }
          queue.join();
          assertEquals(4950, sum.get());
          assertEquals(ofSeconds(50), VirtualTime.elapsed());
        });
  }

  @ParameterizedTest
  @EnumSource
  void join_withNothingUnfinished_returnsAtOnce(Order order) throws Exception {
    AsyncQueue<Integer> queue = order.unbounded();
    queue.join();
    queue.join();
    assertTrue(queue.join(ofSeconds(1)));
  }

  @ParameterizedTest
  @EnumSource
  void toString_tellsWhatIsUnfinished(Order order) throws Exception {
    AsyncQueue<Integer> queue = order.unbounded();
    assertEquals("AsyncQueue[size 0]", queue.toString());
    queue.put(1);
    queue.put(2);
    queue.take();
    assertEquals("AsyncQueue[size 1, unfinished 2]", queue.toString());
    queue.shutdown();
    assertEquals("AsyncQueue[size 1, unfinished 2, shut down]", queue.toString());
  }
}
