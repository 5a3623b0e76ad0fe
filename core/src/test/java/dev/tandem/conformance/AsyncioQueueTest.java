package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of asyncio's tests of its three queues, but for joining and shutdown. */
final class AsyncioQueueTest {

  /** The three queues, without bounds or with them. */
  enum Order {
    FIFO,
    LIFO,
    PRIORITY;

    AsyncQueue<Integer> unbounded() {
      return switch (this) {
        case FIFO -> AsyncQueue.unbounded();
        case LIFO -> AsyncQueue.lifo();
        case PRIORITY -> AsyncQueue.priority(Comparator.<Integer>naturalOrder());
      };
    }

    AsyncQueue<Integer> bounded(int capacity) {
      return switch (this) {
        case FIFO -> AsyncQueue.bounded(capacity);
        case LIFO -> AsyncQueue.lifo(capacity);
        case PRIORITY -> AsyncQueue.priority(Comparator.<Integer>naturalOrder(), capacity);
      };
    }
  }

  @Test
  void toString_tellsOfThoseWhoWait() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
          assertEquals("AsyncQueue[size 0/1]", queue.toString());
          Task<Integer> taker = root.start(queue::take);
          sleep(ofSeconds(1));
          assertEquals("AsyncQueue[size 0/1, waiting to take 1]", queue.toString());
          queue.put(0);
          assertEquals(0, taker.await());
          queue.put(1);
          root.start(() -> queue.put(2));
          sleep(ofSeconds(1));
          assertEquals("AsyncQueue[size 1/1, waiting to put 1, unfinished 2]", queue.toString());
          assertEquals(Optional.of(1), queue.poll());
        });
  }

  @Test
  void size_ofAQueue_tellsWhetherItIsEmptyOrFull() throws Exception {
    AsyncQueue<Integer> unbounded = AsyncQueue.unbounded();
    assertEquals(0, unbounded.size());
    unbounded.put(1);
    assertEquals(1, unbounded.size());
    assertEquals(Integer.MAX_VALUE, unbounded.remainingCapacity());
    unbounded.take();
    assertEquals(0, unbounded.size());
    AsyncQueue<Integer> one = AsyncQueue.bounded(1);
    assertEquals(1, one.remainingCapacity());
    one.put(1);
    assertEquals(0, one.remainingCapacity());
    assertEquals(1, one.capacity());
  }

  @ParameterizedTest
  @EnumSource
  void take_ofEachKind_givesTheItemsInItsOrder(Order order) throws Exception {
    AsyncQueue<Integer> queue = order.unbounded();
    for (int item : List.of(1, 3, 2)) {
      queue.put(item);
    }
    List<Integer> expected =
        switch (order) {
          case FIFO -> List.of(1, 3, 2);
          case LIFO -> List.of(2, 3, 1);
          case PRIORITY -> List.of(1, 2, 3);
        };
    assertEquals(expected, List.of(queue.take(), queue.take(), queue.take()));
  }

  @Test
  void put_intoAFullQueue_waitsForATake() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
          var put = new AtomicInteger();
          Task<?> putter =
              root.start(
                  () -> {
                    for (int i = 0; i < 3; i++) {
                      queue.put(i);
                      put.incrementAndGet();
                    }
                  });
          sleep(ofSeconds(1));
          assertEquals(2, put.get());
          assertEquals(0, queue.take());
          sleep(ofSeconds(1));
          assertEquals(3, put.get());
          assertEquals(List.of(1, 2), List.of(queue.take(), queue.take()));
          putter.await();
        });
  }

  @Test
  void take_ofWhatIsThere_needsNoWaiting() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          assertTrue(queue.offer(1));
          assertEquals(1, queue.take());
          assertTrue(queue.offer(2));
          assertEquals(Optional.of(2), queue.poll());
          assertEquals(ofSeconds(0), VirtualTime.elapsed());
        });
  }

  @Test
  void take_withSomebodyWaitingToPut_letsThatOneGoOn() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<String> queue = AsyncQueue.bounded(1);
          root.start(
              () -> {
                queue.put("a");
                sleep(ofSeconds(1));
              });
          root.start(
              () -> {
                sleep(ofMillis(1));
                queue.put("b");
                assertEquals(ofSeconds(1), VirtualTime.elapsed());
              });
          sleep(ofSeconds(1));
          assertEquals("a", queue.take());
          assertEquals("b", queue.take());
        });
  }

  @Test
  void take_fromAnEmptyQueue_waitsForAPut() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          root.start(
              () -> {
                sleep(ofMillis(10));
                queue.put(1);
              });
          assertEquals(1, queue.take());
          assertEquals(ofMillis(10), VirtualTime.elapsed());
        });
  }

  @Test
  void poll_ofAnEmptyQueue_isEmpty() {
    assertEquals(Optional.empty(), AsyncQueue.unbounded().poll());
  }

  @Test
  void cancel_theFirstOfTwoTakers_theOtherIsServed() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<String> queue = AsyncQueue.unbounded();
          Task<String> first = root.start(queue::take);
          sleep(ofSeconds(1));
          Task<String> second = root.start(queue::take);
          sleep(ofSeconds(1));
          first.cancel("test");
          queue.put("a");
          assertEquals("a", second.await());
          assertThrows(TaskCancelledException.class, first::await);
        });
  }

  @Test
  void takeAndPut_inTwoTasks_getThroughWithRoomForOne() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
          List<Integer> taken = new ArrayList<>();
          TaskGroup.run(
              group -> {
                group.start(
                    () -> {
                      for (int i = 0; i < 5; i++) {
                        queue.put(i);
                      }
                    });
                group.start(
                    () -> {
                      for (int i = 0; i < 5; i++) {
                        taken.add(queue.take());
                      }
                    });
              });
          assertEquals(List.of(0, 1, 2, 3, 4), taken);
        });
  }

  @Test
  void timeout_ofTakersAndPutters_leavesNobodyInLine() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
          assertThrows(DeadlineExceededException.class, () -> timeout(ofMillis(100), queue::take));
          queue.put(1);
          assertThrows(
              DeadlineExceededException.class, () -> timeout(ofMillis(100), () -> queue.put(2)));
          assertEquals(new AsyncQueue.Statistics(1, 1, 0, 0, 0, 1, false), queue.statistics());
        });
  }

  @Test
  void cancel_aTakerAsItIsServed_dropsNoItem() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          Task<Integer> reader = root.start(queue::take);
          sleep(ofSeconds(1));
          queue.put(1);
          queue.put(2);
          reader.cancel("test");
          assertEquals(1, reader.await());
          assertEquals(2, queue.take());
        });
  }

  @Test
  void cancel_oneOfManyTakersAsTheyAreServed_dropsNoItem() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          List<Task<Integer>> readers = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            readers.add(root.start(queue::take));
            sleep(ofSeconds(1));
          }
          readers.getFirst().cancel("test");
          queue.put(1);
          queue.put(2);
          assertEquals(Set.of(1, 2), Set.of(readers.get(1).await(), readers.get(2).await()));
          assertThrows(TaskCancelledException.class, () -> readers.getFirst().await());
        });
  }

  @Test
  void cancel_aPutterAsItIsLetIn_theItemIsThereOnce() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
          queue.put(1);
          Task<?> writer = root.start(() -> queue.put(2));
          sleep(ofSeconds(1));
          assertEquals(Optional.of(1), queue.poll());
          writer.cancel("test");
          writer.await();
          assertEquals(Optional.of(2), queue.poll());
          assertEquals(0, queue.size());
        });
  }

  @Test
  void offer_toAFullQueue_isFalse() {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
    assertTrue(queue.offer(1));
    assertFalse(queue.offer(2));
    assertEquals(1, queue.size());
  }

  @Test
  void cancel_oneOfThosePutting_theOthersGetInInTurn() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<String> queue = AsyncQueue.bounded(1);
          queue.put("a");
          Task<?> second = root.start(() -> queue.put("b"));
          sleep(ofSeconds(1));
          Task<?> third = root.start(() -> queue.put("X"));
          sleep(ofSeconds(1));
          third.cancel("test");
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingPutters());
          assertEquals(Optional.of("a"), queue.poll());
          second.await();
          assertEquals(Optional.of("b"), queue.poll());
          assertEquals(Optional.empty(), queue.poll());
        });
  }

  @Test
  void put_withSomebodyWaitingToTake_servesThatOne() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<String> queue = AsyncQueue.unbounded();
          Task<String> taker = root.start(queue::take);
          sleep(ofSeconds(1));
          queue.put("a");
          assertEquals("a", taker.await());
          assertEquals(0, queue.size());
        });
  }

  @Test
  void poll_asManyAsThereAre_letsAllPuttersIn() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 4; i++) {
                  int item = i;
                  group.start(() -> queue.put(item));
                }
                sleep(ofSeconds(1));
                for (int left = queue.size(); left > 0; left--) {
                  assertTrue(queue.poll().isPresent());
                }
              });
          assertEquals(2, queue.size());
        });
  }
}
