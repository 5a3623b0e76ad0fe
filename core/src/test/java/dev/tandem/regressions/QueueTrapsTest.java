package dev.tandem.regressions;

import static dev.tandem.Stress.micros;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Stress;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.QueueShutDownException;
import dev.tandem.flow.Select;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What went wrong in the queues and channels of others, as named tests. */
final class QueueTrapsTest {

  /** cpython gh-90155: a waiter that is cancelled as it is woken must not stall those behind it. */
  @Test
  void cpython90155_waiterCancelledAsItIsServed_thoseBehindAreServed() throws Exception {
    for (boolean servedFirst : List.of(false, true)) {
      VirtualTime.run(
          root -> {
            AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
            queue.put(0);
            Task<?> first = root.start(() -> queue.put(1));
            sleep(ofSeconds(1));
            Task<?> second = root.start(() -> queue.put(2));
            sleep(ofSeconds(1));
            if (servedFirst) {
              assertEquals(0, queue.take());
              first.cancel("test");
              // It was served: its item is in, and its room is not lost to the next.
              assertEquals(1, queue.take());
            } else {
              first.cancel("test");
              assertEquals(0, queue.take());
            }
            second.await();
            assertEquals(2, queue.take());
            assertTrue(queue.offer(3));
            assertEquals(ofSeconds(2), VirtualTime.elapsed());
          });
    }
  }

  /** The same at the other end, where the item that somebody was given must not vanish. */
  @Test
  void cpython90155_takerCancelledAsItIsServed_thoseBehindAreServed() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
          List<Integer> taken = new ArrayList<>();
          Task<?> first = root.start(() -> taken.add(queue.take()));
          sleep(ofSeconds(1));
          Task<?> second = root.start(() -> taken.add(queue.take()));
          sleep(ofSeconds(1));
          queue.put(1);
          first.cancel("test");
          sleep(ofSeconds(1));
          assertEquals(List.of(1), taken);
          assertEquals(1, queue.statistics().waitingTakers());
          queue.put(2);
          second.await();
          assertEquals(List.of(1, 2), taken);
        });
  }

  /** Jox ADR-0001: a size that counts attempts grows with every put that was given up. */
  @Test
  void joxAdr0001_putsAndTakesGivenUp_areNeverCountedAsItems() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
          for (int i = 0; i < 10; i++) {
            assertThrows(DeadlineExceededException.class, () -> timeout(ofSeconds(1), queue::take));
            assertTrue(queue.poll(ofSeconds(1)).isEmpty());
          }
          assertEquals(new AsyncQueue.Statistics(0, 2, 0, 0, 0, 0, false), queue.statistics());
          queue.put(1);
          queue.put(2);
          for (int i = 0; i < 10; i++) {
            assertThrows(
                DeadlineExceededException.class, () -> timeout(ofSeconds(1), () -> queue.put(3)));
            assertFalse(queue.offer(3, ofSeconds(1)));
            assertFalse(queue.offer(3));
          }
          assertEquals(new AsyncQueue.Statistics(2, 2, 0, 0, 0, 2, false), queue.statistics());
        });
  }

  /** cpython gh-112202: a wake-up that meets a cancellation goes to another waiter. */
  @Test
  void cpython112202_takersCancelledAsItemsCome_noItemStaysBehindAWaitingTaker() throws Exception {
    Stress.repeat(
        () -> {
          AsyncQueue<Integer> queue = AsyncQueue.bounded(4);
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 4; i++) {
                  Task<?> fickle = group.start(() -> queue.next());
                  group.start(
                      () -> {
                        Stress.pause(20);
                        fickle.cancel("test");
                      });
                }
                Task<?> patient = group.start(() -> queue.forEach(item -> {}));
                for (int i = 0; i < 8; i++) {
                  queue.put(i);
                }
                queue.shutdown();
                patient.await();
              });
          assertEquals(0, queue.size());
        });
  }

  /** cpython gh-141073: what join does after a shutdown at once. */
  @Test
  void cpython141073_joinAfterShutdownNow_waitsForWhatIsInHandAlone() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          for (int i = 0; i < 3; i++) {
            queue.put(i);
          }
          var cause = new IOException("gone");
          root.start(
              () -> {
                var thrown =
                    assertThrows(
                        QueueShutDownException.class,
                        () -> queue.forEach(item -> sleep(ofSeconds(1))));
                assertSame(cause, thrown.getCause());
              });
          sleep(ofSeconds(1).dividedBy(2));
          assertEquals(List.of(1, 2), queue.shutdownNow(cause));
          queue.join();
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  /** Kotlin 1936: a resource in transit is with the receiver, or still with the sender. */
  @Test
  void kotlin1936_sendAndReceiveCancelledInTransit_theResourceIsInOnePlace() throws Exception {
    Stress.repeat(
        () -> {
          AsyncQueue<String> queue = AsyncQueue.rendezvous();
          var sent = new AtomicInteger();
          var received = new AtomicInteger();
          TaskGroup.run(
              group -> {
                group.start(
                    () -> {
                      if (happens(() -> queue.put("resource"))) {
                        sent.incrementAndGet();
                      }
                    });
                if (happens(queue::take)) {
                  received.incrementAndGet();
                }
              });
          assertEquals(sent.get(), received.get());
        });
  }

  /** Kotlin 4337: a loop over a channel that is cancelled loses no element. */
  @Test
  void kotlin4337_loopsCancelledAgainAndAgain_seeEachElement() throws Exception {
    int all = 100;
    AsyncQueue<Integer> queue = AsyncQueue.rendezvous();
    List<Integer> seen = new ArrayList<>();
    TaskGroup.run(
        group -> {
          group.start(
              () -> {
                for (int i = 0; i < all; i++) {
                  queue.put(i);
                }
                queue.shutdown();
              });
          while (!queue.isShutDown()) {
            happens(
                () -> {
                  for (int item : queue.items()) {
                    seen.add(item);
                  }
                });
          }
        });
    assertEquals(all, seen.size());
  }

  /** Jox 28 and 64: a select goes on when one of its channels is done, also in a loop. */
  @Test
  void jox64_selectWithAChannelThatIsDone_stillTakesFromTheOthers() throws Exception {
    AsyncQueue<String> done = AsyncQueue.bounded(1);
    AsyncQueue<String> full = AsyncQueue.bounded(1);
    done.shutdown();
    full.put("hello");
    full.shutdown();
    assertEquals("hello", Select.takeAny(done, full));
    assertThrows(QueueShutDownException.class, () -> Select.takeAny(done, full));
  }

  /** Jox's select: several selects over the same channels, and each element comes once. */
  @Test
  void joxSelect_severalOverTheSameQueues_takeEachElementOnce() throws Exception {
    Stress.repeat(
        () -> {
          AsyncQueue<Integer> one = AsyncQueue.rendezvous();
          AsyncQueue<Integer> other = AsyncQueue.bounded(1);
          var sum = new AtomicInteger();
          TaskGroup.run(
              group -> {
                group.start(() -> putUntil(50, one));
                group.start(() -> putUntil(50, other));
                for (int i = 0; i < 3; i++) {
                  var select =
                      i == 1
                          ? Select.of(one.taking(), other.taking())
                          : Select.of(other.taking(), one.taking());
                  group.start(
                      () -> {
                        try {
                          while (true) {
                            Optional<Integer> item = select.within(micros(50));
                            item.ifPresent(sum::addAndGet);
                          }
                        } catch (QueueShutDownException over) {
                          return;
                        }
                      });
                }
              });
          assertEquals(2 * 50 * 51 / 2, sum.get());
        });
  }

  private static void putUntil(int last, AsyncQueue<Integer> queue) throws InterruptedException {
    for (int i = 1; i <= last; i++) {
      queue.put(i);
    }
    queue.shutdown();
  }

  /** True when it returned before a deadline that comes at a random moment. */
  private static boolean happens(Action<InterruptedException> step) throws InterruptedException {
    try {
      timeout(micros(60), step);
      return true;
    } catch (DeadlineExceededException gaveUp) {
      return false;
    }
  }
}
