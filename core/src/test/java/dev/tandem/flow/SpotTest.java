package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.Task;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first who waits at a rendezvous stands apart from the others, and nobody can tell. */
final class SpotTest {

  private final AsyncQueue<String> queue = AsyncQueue.rendezvous();

  private boolean isSpotFree() {
    return queue.exchange.spot().isFree();
  }

  @Test
  void take_alone_standsAtTheSpotAndIsCounted() throws Exception {
    VirtualTime.run(
        group -> {
          Task<String> taker = group.start(queue::take);
          sleep(ofSeconds(1));
          assertFalse(isSpotFree());
          assertEquals(1, queue.statistics().waitingTakers());
          assertTrue(queue.offer("item"));
          assertEquals("item", taker.await());
          assertTrue(isSpotFree());
        });
  }

  @Test
  void take_manyAndThenPuts_areServedInTurnAndTheSpotIsFreeAgain() throws Exception {
    List<String> served = new ArrayList<>();
    VirtualTime.run(
        group -> {
          for (String name : List.of("first", "second", "third")) {
            group.start(() -> served.add(name + " got " + queue.take()));
            sleep(ofSeconds(1));
          }
          for (String item : List.of("a", "b", "c")) {
            queue.put(item);
            sleep(ofSeconds(1));
          }
          assertTrue(isSpotFree());
        });
    assertEquals(List.of("first got a", "second got b", "third got c"), served);
  }

  @Test
  void put_manyAndThenTakes_comeOutInTurn() throws Exception {
    VirtualTime.run(
        group -> {
          for (String item : List.of("a", "b", "c")) {
            group.start(() -> queue.put(item));
            sleep(ofSeconds(1));
          }
          assertEquals("a", queue.take());
          assertEquals(Optional.of("b"), queue.poll());
          assertEquals("c", Select.takeAny(queue, AsyncQueue.rendezvous()));
          assertTrue(isSpotFree());
          assertEquals(3, queue.statistics().unfinished());
        });
  }

  @Test
  void cancel_whoStandsAtTheSpot_leavesIt() throws Exception {
    VirtualTime.run(
        group -> {
          Task<String> taker = group.start(queue::take);
          Task<?> behind = group.start((Action<InterruptedException>) () -> queue.put("item"));
          sleep(ofSeconds(1));
          assertEquals("item", taker.await());
          behind.await();
          Task<String> cancelled = group.start(queue::take);
          sleep(ofSeconds(1));
          cancelled.cancel("not needed");
          sleep(ofSeconds(1));
          assertTrue(isSpotFree());
          assertFalse(queue.offer("nobody waits"));
        });
  }

  @Test
  void cancel_whoWasMovedIntoTheLine_leavesThat() throws Exception {
    VirtualTime.run(
        group -> {
          Task<String> first = group.start(queue::take);
          sleep(ofSeconds(1));
          Task<String> second = group.start(queue::take);
          sleep(ofSeconds(1));
          assertEquals(2, queue.statistics().waitingTakers());
          first.cancel("not needed");
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingTakers());
          queue.put("item");
          assertEquals("item", second.await());
          assertTrue(isSpotFree());
        });
  }

  @Test
  void shutdown_withOneAtTheSpot_sendsThatOneAwayAndNobodyStandsThereAgain() throws Exception {
    VirtualTime.run(
        group -> {
          Task<Optional<String>> taker = group.start(queue::next);
          sleep(ofSeconds(1));
          queue.shutdown();
          assertEquals(Optional.empty(), taker.await());
          assertFalse(isSpotFree());
          assertThrows(QueueShutDownException.class, () -> queue.put("late"));
          assertThrows(QueueShutDownException.class, queue::take);
        });
  }

  @Test
  void join_itemsHandedOverAtTheSpot_waitsUntilEachIsReported() throws Exception {
    VirtualTime.run(
        group -> {
          group.start(
              () -> {
                queue.take();
                sleep(ofSeconds(5));
                queue.taskDone();
              });
          sleep(ofSeconds(1));
          queue.put("item");
          assertFalse(queue.join(ofSeconds(3)));
          assertTrue(queue.join(ofSeconds(3)));
          assertThrows(IllegalStateException.class, queue::taskDone);
        });
  }

  @Test
  void drainTo_refusedByItsTarget_isTheNextToComeOut() throws Exception {
    VirtualTime.run(
        group -> {
          group.start(() -> queue.put("item"));
          sleep(ofSeconds(1));
          assertThrows(UnsupportedOperationException.class, () -> queue.drainTo(List.of()));
          assertFalse(isSpotFree());
          assertEquals("item", queue.take());
          assertTrue(isSpotFree());
        });
  }
}
