package dev.tandem.flow;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gives up publishing gave its item to nobody, and all others reach everybody in one order. */
@Tag("stress")
final class BroadcastStressTest {

  private static final int PUBLISHERS = 2;
  private static final int SUBSCRIBERS = 3;
  private static final int ITEMS = 40;

  @Test
  void publish_disturbed_reachesAllOrNobody() throws Exception {
    Stress.repeat(BroadcastStressTest::once);
  }

  private static void once() throws Exception {
    Broadcast<Integer> broadcast = Broadcast.bounded(2);
    Collection<Integer> published = new ConcurrentLinkedQueue<>();
    var numbers = new AtomicInteger();
    List<List<Integer>> seen = new ArrayList<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      Subscription<Integer> subscription = broadcast.subscribe();
      List<Integer> mine = new ArrayList<>();
      seen.add(mine);
      readers.add(Thread.ofVirtual().start(() -> read(subscription, mine)));
    }
    Subscription<Integer> leaver = broadcast.subscribe();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      writers.add(Thread.ofVirtual().start(() -> write(broadcast, numbers, published)));
    }
    for (int i = 0; i < 5; i++) {
      pause(40);
      readers.get(i % SUBSCRIBERS).interrupt();
      writers.get(i % PUBLISHERS).interrupt();
    }
    leaver.close();
    for (Thread writer : writers) {
      writer.join();
    }
    broadcast.shutdown();
    for (Thread reader : readers) {
      reader.join();
    }
    for (List<Integer> one : seen) {
      assertEquals(seen.getFirst(), one);
    }
    assertEquals(published.stream().sorted().toList(), seen.getFirst().stream().sorted().toList());
    assertEquals(published.size(), broadcast.statistics().published());
    assertEquals(0, broadcast.statistics().waitingPublishers());
  }

  private static void read(Subscription<Integer> subscription, List<Integer> mine) {
    while (true) {
      try {
        subscription.forEach(mine::add);
        return;
      } catch (InterruptedException disturbed) {
        // Then nothing was taken, and it goes on.
      }
    }
  }

  private static void write(
      Broadcast<Integer> broadcast, AtomicInteger numbers, Collection<Integer> published) {
    for (int i = 0; i < ITEMS; i++) {
      int number = numbers.incrementAndGet();
      try {
        if (broadcast.offer(number, micros(60))) {
          published.add(number);
        }
      } catch (InterruptedException disturbed) {
        // Then nobody was given the item.
      }
    }
  }

  /** Each has missed what it was too slow for, and nothing else. */
  @ParameterizedTest
  @EnumSource
  void publish_toSlowSubscribers_eachItemIsTakenOrCountedAsDropped(SlowSubscriber slow)
      throws Exception {
    Stress.repeat(() -> slowOnce(Broadcast.bounded(2, slow), slow));
  }

  private static void slowOnce(Broadcast<Integer> broadcast, SlowSubscriber slow) throws Exception {
    Collection<Integer> published = new ConcurrentLinkedQueue<>();
    var numbers = new AtomicInteger();
    List<Subscription<Integer>> subscriptions = new ArrayList<>();
    List<List<Integer>> seen = new ArrayList<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      Subscription<Integer> subscription = broadcast.subscribe();
      List<Integer> mine = new ArrayList<>();
      subscriptions.add(subscription);
      seen.add(mine);
      readers.add(Thread.ofVirtual().start(() -> readSlowly(subscription, mine)));
    }
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      writers.add(Thread.ofVirtual().start(() -> write(broadcast, numbers, published)));
    }
    for (int i = 0; i < 5; i++) {
      pause(40);
      readers.get(i % SUBSCRIBERS).interrupt();
      writers.get(i % PUBLISHERS).interrupt();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    broadcast.shutdown();
    for (Thread reader : readers) {
      reader.join();
    }
    assertEquals(published.size(), broadcast.statistics().published());
    List<Integer> longest =
        seen.stream().max(Comparator.<List<Integer>>comparingInt(List::size)).orElseThrow();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      List<Integer> mine = seen.get(i);
      assertTrue(published.containsAll(mine));
      assertEquals(mine.size(), Set.copyOf(mine).size(), "none comes twice");
      if (slow == SlowSubscriber.DISCONNECT && mine.size() < published.size()) {
        // All that it was given before; the mailbox was full then.
        assertEquals(longest.subList(0, mine.size()), mine);
        assertTrue(mine.size() >= 2);
        assertThrows(SlowSubscriberException.class, subscriptions.get(i)::poll);
      } else {
        assertEquals(published.size(), mine.size() + subscriptions.get(i).statistics().dropped());
      }
    }
  }

  private static void readSlowly(Subscription<Integer> subscription, List<Integer> mine) {
    while (true) {
      try {
        subscription.forEach(
            item -> {
              mine.add(item);
              pause(20);
            });
        return;
      } catch (InterruptedException disturbed) {
        // Then nothing was taken, and it goes on.
      } catch (SlowSubscriberException disconnected) {
        return;
      }
    }
  }
}
