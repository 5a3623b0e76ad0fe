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

  @Test
  void select_alone_standsAtAllSpotsAndLeavesThemWhenOneServes() throws Exception {
    AsyncQueue<String> other = AsyncQueue.rendezvous();
    VirtualTime.run(
        group -> {
          Task<String> select = group.start(() -> Select.takeAny(queue, other));
          sleep(ofSeconds(1));
          assertFalse(isSpotFree());
          assertFalse(other.exchange.spot().isFree());
          assertTrue(other.offer("item"));
          assertEquals("item", select.await());
          assertTrue(isSpotFree());
          assertTrue(other.exchange.spot().isFree());
          assertFalse(queue.offer("nobody waits"));
        });
  }

  @Test
  void select_cancelled_leavesAllSpots() throws Exception {
    AsyncQueue<String> other = AsyncQueue.rendezvous();
    VirtualTime.run(
        group -> {
          Task<String> select =
              group.start(() -> Select.of(queue.taking(), other.putting("mine")).run());
          sleep(ofSeconds(1));
          assertEquals(1, queue.statistics().waitingTakers());
          assertEquals(1, other.statistics().waitingPutters());
          select.cancel("not needed");
          sleep(ofSeconds(1));
          assertTrue(isSpotFree());
          assertTrue(other.exchange.spot().isFree());
          assertEquals(Optional.empty(), other.poll());
        });
  }

  @Test
  void select_oneStandsAtEachSpot_meetsTheFirstInTheOrderGiven() throws Exception {
    AsyncQueue<String> other = AsyncQueue.rendezvous();
    VirtualTime.run(
        group -> {
          group.start(() -> other.put("second"));
          group.start(() -> queue.put("first"));
          sleep(ofSeconds(1));
          Select<String, RuntimeException> both = Select.of(queue.taking(), other.taking());
          assertEquals(Optional.of("first"), both.poll());
          assertEquals("second", both.run());
          assertTrue(isSpotFree());
          assertTrue(other.exchange.spot().isFree());
        });
  }

  @Test
  void select_anotherTakerIsThere_waitsBehindItAndIsServedByTheOther() throws Exception {
    AsyncQueue<String> other = AsyncQueue.rendezvous();
    VirtualTime.run(
        group -> {
          Task<String> before = group.start(other::take);
          sleep(ofSeconds(1));
          Task<String> select = group.start(() -> Select.takeAny(queue, other));
          sleep(ofSeconds(1));
          assertEquals(2, other.statistics().waitingTakers());
          other.put("for the first");
          assertEquals("for the first", before.await());
          queue.put("for the select");
          assertEquals("for the select", select.await());
          assertEquals(0, other.statistics().waitingTakers());
        });
  }

  @Test
  void select_theSameRendezvousTwice_takesOnce() throws Exception {
    VirtualTime.run(
        group -> {
          Task<String> select = group.start(() -> Select.takeAny(queue, queue));
          sleep(ofSeconds(1));
          assertTrue(queue.offer("item"));
          assertEquals("item", select.await());
          assertEquals(0, queue.statistics().waitingTakers());
          assertTrue(isSpotFree());
        });
  }

  @Test
  void select_oneRendezvousIsShutDownMeanwhile_goesOnWithTheOther() throws Exception {
    AsyncQueue<String> other = AsyncQueue.rendezvous();
    VirtualTime.run(
        group -> {
          Task<String> select = group.start(() -> Select.takeAny(queue, other));
          sleep(ofSeconds(1));
          queue.shutdown();
          sleep(ofSeconds(1));
          other.put("item");
          assertEquals("item", select.await());
        });
  }
}
