package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is checked at the door. */
@SuppressWarnings("NullAway")
final class FlowArgumentsTest {

  private final AsyncQueue<Integer> queue = AsyncQueue.bounded(1);
  private final Broadcast<Integer> broadcast = Broadcast.bounded(1);

  @Test
  void null_isRefusedByName() {
    assertNamed("item", () -> queue.put(null));
    assertNamed("item", () -> queue.offer(null));
    assertNamed("item", () -> queue.offer(null, Duration.ofSeconds(1)));
    assertNamed("item", () -> queue.putting(null));
    assertNamed("atMost", () -> queue.offer(1, null));
    assertNamed("atMost", () -> queue.poll(null));
    assertNamed("atMost", () -> queue.join(null));
    assertNamed("order", () -> AsyncQueue.priority(null));
    assertNamed("action", () -> queue.forEach(null));
    assertNamed("target", () -> queue.drainTo(null));
    assertNamed("cause", () -> queue.shutdown(null));
    assertNamed("cause", () -> queue.shutdownNow(null));
    assertNamed("work", () -> queue.taking(null));
    assertNamed("then", () -> queue.putting(1, null));
    assertNamed("item", () -> broadcast.publish(null));
    assertNamed("item", () -> broadcast.offer(null));
    assertNamed("slow", () -> Broadcast.bounded(1, null));
    assertNamed("cause", () -> broadcast.shutdown(null));
    assertNamed("action", () -> broadcast.subscribe().forEach(null));
    assertNamed("work", () -> broadcast.subscribe().taking(null));
    assertNamed("items", () -> Indexed.over(null));
    assertNamed("items", () -> Indexed.over(null, 1));
  }

  @Test
  void null_toAnIterator_isRefusedByName() {
    AsyncIterator<Integer> items = AsyncIterator.of(1);
    assertNamed("within", () -> items.chunk(1, null));
    assertNamed("quiet", () -> items.debounce(null));
    assertNamed("distance", () -> items.throttle(null));
    assertNamed("atMost", () -> items.timeoutEach(null));
    assertNamed("pause", () -> items.retryEach(1, null));
    assertNamed("collector", () -> items.collect(null));
    assertNamed("initial", () -> items.fold(null, (one, _) -> one));
    assertNamed("items", () -> AsyncIterator.of((Integer[]) null));
    assertNamed("parts", () -> AsyncIterator.concatAll(null));
    assertNamed("sources", () -> AsyncIterator.mergeAll(null));
    assertNamed("queues", () -> Select.takeAny((AsyncQueue<Integer>[]) null));
    assertNamed("clauses", () -> Select.of((List<Clause<Integer, RuntimeException>>) null));
  }

  @Test
  void null_amongSeveral_isRefusedByItsPlace() {
    List<AsyncIterator<Integer>> one = Arrays.asList(AsyncIterator.of(1), null);
    List<Clause<Integer, RuntimeException>> clauses = Arrays.asList(queue.taking(), null);
    assertNamed("items[0]", () -> AsyncIterator.of((Integer) null));
    assertNamed("items[1]", () -> AsyncIterator.of(1, null));
    assertNamed("parts[1]", () -> AsyncIterator.concatAll(one));
    assertNamed("sources[1]", () -> AsyncIterator.mergeAll(one));
    assertNamed("clauses[0]", () -> Select.of((Clause<Integer, RuntimeException>) null));
    assertNamed("clauses[1]", () -> Select.of(clauses));
    assertNamed("queues[1]", () -> Select.takeAny(queue, null));
  }

  @Test
  void capacity_belowOne_isRefusedWithTheValue() {
    Comparator<Integer> order = Comparator.naturalOrder();
    assertRefused("0", () -> AsyncQueue.bounded(0));
    assertRefused("-1", () -> AsyncQueue.lifo(-1));
    assertRefused("-3", () -> AsyncQueue.priority(order, -3));
    assertRefused("0", () -> Broadcast.bounded(0));
  }

  @Test
  void time_ofZeroOrLess_isRefusedWithTheValue() {
    Duration none = Duration.ZERO;
    Duration less = Duration.ofSeconds(-1);
    assertRefused("PT0S", () -> queue.offer(1, none));
    assertRefused("PT-1S", () -> queue.poll(less));
    assertRefused("PT0S", () -> queue.join(none));
    assertRefused("PT0S", () -> broadcast.offer(1, none));
    assertRefused("PT0S", () -> broadcast.subscribe().poll(none));
    assertRefused("PT0S", () -> Select.of(queue.taking()).within(none));
  }

  @Test
  void drainTo_ofLessThanNothing_isRefused() {
    assertRefused("-1", () -> queue.drainTo(new ArrayList<>(), -1));
    assertEquals(0, queue.drainTo(new ArrayList<>(), 0));
  }

  @Test
  void select_betweenNothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Select.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Select.<Integer>takeAny());
  }

  private static void assertNamed(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertRefused(String value, Executable call) {
    String said = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(said.contains(value), said);
  }
}
