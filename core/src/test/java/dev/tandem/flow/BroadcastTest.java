package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BroadcastTest {

  @ParameterizedTest
  @EnumSource
  void publish_withRoom_reachesEachSubscriberFromItsSubscriptionOn(SlowSubscriber slow)
      throws Exception {
    Broadcast<Integer> broadcast = Broadcast.bounded(4, slow);
    broadcast.publish(0);
    Subscription<Integer> early = broadcast.subscribe();
    broadcast.publish(1);
    Subscription<Integer> late = broadcast.subscribe();
    broadcast.publish(2);
    broadcast.shutdown();
    assertEquals(List.of(1, 2), all(early));
    assertEquals(List.of(2), all(late));
    assertEquals(3, broadcast.statistics().published());
  }

  @Test
  void publish_toAFullSubscription_waitsForTheSlowest() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(1);
          Subscription<Integer> fast = broadcast.subscribe();
          Subscription<Integer> slow = broadcast.subscribe();
          root.start(() -> fast.forEach(item -> {}));
          root.start(() -> slow.forEach(item -> sleep(ofSeconds(1))));
          publishUpTo(4, broadcast);
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertFalse(broadcast.offer(9));
          assertFalse(broadcast.offer(9, ofSeconds(1).dividedBy(2)));
          slow.close();
          assertTrue(broadcast.offer(4));
          broadcast.shutdown();
        });
  }

  @Test
  void publish_cancelledWhileItWaits_reachesNobody() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(1);
          Subscription<Integer> empty = broadcast.subscribe();
          Subscription<Integer> full = broadcast.subscribe();
          broadcast.publish(1);
          assertEquals(1, empty.take());
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> broadcast.publish(2)));
          assertEquals(Optional.empty(), empty.poll());
          assertEquals(1, full.take());
          assertEquals(Optional.empty(), full.poll());
          assertEquals(0, broadcast.statistics().waitingPublishers());
        });
  }

  @Test
  void publish_severalWait_areServedInTurnWhenASubscriberLeaves() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(2);
          Subscription<Integer> reader = broadcast.subscribe();
          Subscription<Integer> stuck = broadcast.subscribe();
          publishUpTo(2, broadcast);
          TaskGroup.run(
              group -> {
                group.start(() -> publishAfter(ofSeconds(1), 2, broadcast));
                group.start(() -> publishAfter(ofSeconds(2), 3, broadcast));
                sleep(ofSeconds(3));
                assertEquals(2, broadcast.statistics().waitingPublishers());
                assertEquals(List.of(0, 1), List.of(reader.take(), reader.take()));
                stuck.close();
              });
          broadcast.shutdown();
          assertEquals(List.of(2, 3), all(reader));
        });
  }

  @Test
  void publish_toAFullSubscription_dropsWhatThePolicySays() throws Exception {
    assertEquals(List.of(2, 3), all(overflowing(SlowSubscriber.DROP_OLDEST)));
    assertEquals(List.of(0, 1), all(overflowing(SlowSubscriber.DROP_NEWEST)));
    Subscription<Integer> disconnected = overflowing(SlowSubscriber.DISCONNECT);
    assertEquals(0, disconnected.take());
    assertEquals(Optional.of(1), disconnected.next());
    assertThrows(SlowSubscriberException.class, disconnected::take);
    assertThrows(SlowSubscriberException.class, disconnected::next);
    assertThrows(SlowSubscriberException.class, disconnected::poll);
    assertEquals(new Subscription.Statistics(0, 2, 0, 0, false), disconnected.statistics());
  }

  @Test
  void publish_toAFullSubscription_disconnectsItThoughTheBroadcastGoesOn() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(2, SlowSubscriber.DISCONNECT);
          Subscription<Integer> slow = broadcast.subscribe();
          publishUpTo(3, broadcast);
          assertEquals(new Subscription.Statistics(2, 2, 0, 0, false), slow.statistics());
          assertEquals(List.of(0, 1), List.of(slow.take(), slow.take()));
          assertThrows(SlowSubscriberException.class, slow::take);
          assertThrows(SlowSubscriberException.class, slow::next);
          assertThrows(SlowSubscriberException.class, slow::poll);
          assertThrows(SlowSubscriberException.class, () -> slow.poll(ofSeconds(1)));
          assertThrows(SlowSubscriberException.class, () -> slow.forEach(item -> {}));
          assertThrows(SlowSubscriberException.class, () -> Select.of(slow.taking()).run());
          assertEquals(Duration.ZERO, VirtualTime.elapsed());
          Subscription<Integer> next = broadcast.subscribe();
          broadcast.publish(3);
          assertEquals(3, next.take());
          assertThrows(SlowSubscriberException.class, slow::take);
        });
  }

  @Test
  void poll_forSoLong_waitsForAnItemNoLongerThanThat() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(1);
          Subscription<Integer> subscription = broadcast.subscribe();
          assertEquals(Optional.empty(), subscription.poll(ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          root.start(() -> publishAfter(ofSeconds(1), 7, broadcast));
          assertEquals(Optional.of(7), subscription.poll(ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(0, subscription.statistics().waiting());
        });
  }

  @Test
  void offer_forSoLong_waitsForRoomNoLongerThanThat() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(1);
          Subscription<Integer> subscription = broadcast.subscribe();
          broadcast.publish(1);
          assertFalse(broadcast.offer(2, ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                assertEquals(1, subscription.take());
              });
          assertTrue(broadcast.offer(3, ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(3, subscription.take());
        });
  }

  private static Subscription<Integer> overflowing(SlowSubscriber slow) throws Exception {
    Broadcast<Integer> broadcast = Broadcast.bounded(2, slow);
    Subscription<Integer> subscription = broadcast.subscribe();
    publishUpTo(4, broadcast);
    broadcast.shutdown();
    return subscription;
  }

  @Test
  void shutdown_withACause_isThrownWhenNothingIsLeft() throws Exception {
    Broadcast<Integer> broadcast = Broadcast.bounded(2);
    Subscription<Integer> subscription = broadcast.subscribe();
    broadcast.publish(1);
    var cause = new IOException("the source is gone");
    broadcast.shutdown(cause);
    assertEquals(1, subscription.take());
    var thrown = assertThrows(QueueShutDownException.class, subscription::next);
    assertSame(cause, thrown.getCause());
    assertThrows(QueueShutDownException.class, () -> broadcast.publish(2));
    assertThrows(QueueShutDownException.class, broadcast::subscribe);
  }

  @Test
  void shutdown_whoComesLate_isToldOfTheBroadcast() {
    Broadcast<Integer> broadcast = Broadcast.bounded(2);
    Subscription<Integer> subscription = broadcast.subscribe();
    broadcast.shutdown();
    String over = "the broadcast has been shut down and ";
    assertEquals(
        over + "takes nothing more; publish before the shutdown",
        refusal(() -> broadcast.publish(1)));
    assertEquals(
        over + "takes no more subscribers; subscribe before the shutdown",
        refusal(broadcast::subscribe));
    assertEquals(
        over + "nothing is left for this subscription; to loop until then, use forEach or items",
        refusal(subscription::take));
  }

  @Test
  void shutdown_withACause_whoComesLateIsToldOfTheBroadcast() {
    Broadcast<Integer> broadcast = Broadcast.bounded(2);
    Subscription<Integer> subscription = broadcast.subscribe();
    broadcast.shutdown(new IllegalStateException("no source"));
    String failed = "the broadcast has failed";
    String cause = ": java.lang.IllegalStateException: no source";
    assertEquals(failed + " and takes nothing more" + cause, refusal(() -> broadcast.publish(1)));
    assertEquals(failed + " and takes no more subscribers" + cause, refusal(broadcast::subscribe));
    assertEquals(failed + cause, refusal(subscription::take));
  }

  private static String refusal(Executable call) {
    return assertThrows(QueueShutDownException.class, call).getMessage();
  }

  @Test
  void shutdownNow_returnsWhatSomebodyHasNotTakenOnce() throws Exception {
    Broadcast<Integer> broadcast = Broadcast.bounded(4);
    Subscription<Integer> one = broadcast.subscribe();
    Subscription<Integer> other = broadcast.subscribe();
    publishUpTo(4, broadcast);
    one.take();
    other.take();
    other.take();
    assertEquals(List.of(1, 2, 3), broadcast.shutdownNow());
    assertEquals(Optional.empty(), one.next());
    assertThrows(QueueShutDownException.class, other::take);
  }

  @Test
  void close_endsTheLoopOfWhoeverWaits() throws Exception {
    VirtualTime.run(
        root -> {
          Broadcast<Integer> broadcast = Broadcast.bounded(4);
          Subscription<Integer> subscription = broadcast.subscribe();
          root.start(
              () -> {
                sleep(ofSeconds(1));
                subscription.close();
              });
          subscription.forEach(item -> {});
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertThrows(QueueShutDownException.class, subscription::take);
          assertEquals("Subscription[size 0/4, dropped 0, ended]", subscription.toString());
          assertEquals(
              "Broadcast[subscribers 0, published 0, waiting to publish 0]", broadcast.toString());
        });
  }

  @Test
  void select_betweenASubscriptionAndAQueue_takesFromOne() throws Exception {
    Broadcast<String> broadcast = Broadcast.bounded(1);
    AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
    try (Subscription<String> subscription = broadcast.subscribe()) {
      var either = Select.of(subscription.taking(), queue.taking(n -> "number " + n));
      queue.put(1);
      broadcast.publish("word");
      assertEquals("word", either.run());
      assertEquals("number 1", either.run());
    }
  }

  @Test
  void bounded_ofNothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Broadcast.bounded(0));
    assertThrows(NullPointerException.class, () -> Broadcast.bounded(1).publish(null));
  }

  private static void publishUpTo(int end, Broadcast<Integer> broadcast) throws Exception {
    for (int i = 0; i < end; i++) {
      broadcast.publish(i);
    }
  }

  private static void publishAfter(Duration time, int item, Broadcast<Integer> broadcast)
      throws Exception {
    sleep(time);
    broadcast.publish(item);
  }

  private static <E> List<E> all(Subscription<E> subscription) {
    List<E> all = new ArrayList<>();
    for (E item : subscription.items()) {
      all.add(item);
    }
    return all;
  }
}
