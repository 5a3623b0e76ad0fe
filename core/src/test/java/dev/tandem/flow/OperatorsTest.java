package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the operators without tasks, and the ends of pipelines, give. */
final class OperatorsTest {

  private static AsyncIterator<Integer> numbers(int count) {
    return AsyncIterator.from(IntStream.range(0, count).boxed());
  }

  @Test
  void perElement_giveWhatTheirNamesSay() throws Exception {
    assertEquals(List.of(0, 2, 4), numbers(3).map(i -> 2 * i).toList());
    assertEquals(List.of(0, 2), numbers(4).filter(i -> i % 2 == 0).toList());
    assertEquals(List.of(0, 1), numbers(4).take(2).toList());
    assertEquals(List.of(), numbers(4).take(0).toList());
    assertEquals(List.of(0, 1), numbers(4).takeWhile(i -> i < 2).toList());
    assertEquals(List.of(2, 3), numbers(4).skip(2).toList());
    assertEquals(List.of(), numbers(4).skip(9).toList());
    assertEquals(List.of(0, 1, 3, 6), numbers(4).scan(0, Integer::sum).toList());
    assertEquals(
        List.of(new Indexed<>(0, "a"), new Indexed<>(1, "b")),
        AsyncIterator.of("a", "b").indexed().toList());
    assertEquals(
        List.of(new Indexed<>(5, "a"), new Indexed<>(6, "b")),
        AsyncIterator.of("a", "b").indexed(5).toList());
    assertEquals(List.of(1, 2), AsyncIterator.of(1, 2, 1, 2).distinct().toList());
    assertEquals(List.of(0, 1, 2), numbers(9).distinctBy(i -> i % 3).toList());
    var seen = new ArrayList<Integer>();
    assertEquals(List.of(0, 1), numbers(2).onEach(seen::add).toList());
    assertEquals(List.of(0, 1), seen);
  }

  @Test
  void lists_giveWhatTheirNamesSay() throws Exception {
    assertEquals(List.of(List.of(0, 1), List.of(2)), numbers(3).chunk(2).toList());
    assertEquals(
        List.of(List.of(0, 1), List.of(1, 2), List.of(2, 3)), numbers(4).window(2).toList());
    assertEquals(List.of(List.of(0, 1), List.of(3, 4)), numbers(6).window(2, 3).toList());
    assertEquals(List.of(), numbers(1).window(2).toList());
  }

  @Test
  void several_giveWhatTheirNamesSay() throws Exception {
    assertEquals(List.of(0, 1, 7), numbers(2).concat(List.of(7)).toList());
    assertEquals(
        List.of(0, 0, 1), AsyncIterator.concatAll(List.of(numbers(1), numbers(2))).toList());
    assertEquals(List.of("0a", "1b"), numbers(9).zip(List.of("a", "b"), (i, s) -> i + s).toList());
    assertEquals(List.of(0, 0, 1), numbers(3).flatMap(OperatorsTest::numbers).toList());
    assertEquals(
        List.of(0, 0, 1, 1, 2), numbers(3).merge(numbers(2)).toList().stream().sorted().toList());
    assertEquals(
        List.of(0, 0, 1),
        numbers(3).flatMapMerge(2, OperatorsTest::numbers).toList().stream().sorted().toList());
  }

  @Test
  void groupBy_givesEachKeyItsElements() throws Exception {
    List<String> sums =
        numbers(10)
            .<Integer, String, Exception>groupBy(
                i -> i % 3, (key, own) -> List.of(key + ":" + own.fold(0, Integer::sum)))
            .toList();
    assertEquals(List.of("0:18", "1:12", "2:15"), sums.stream().sorted().toList());
  }

  @Test
  void groupBy_nullKey_isRefusedAsAKey() throws Exception {
    var groups =
        AsyncIterator.of(1).<Integer, Integer, Exception>groupBy(i -> noKey(), (key, own) -> own);
    var error = assertThrows(NullPointerException.class, groups::toList);
    assertEquals(
        "the key function of groupBy gave null, which is no key; give an Optional",
        error.getMessage());
    var distinct = AsyncIterator.of(1).<Exception>distinctBy(i -> noKey());
    assertEquals(
        "the key function of distinctBy gave null, which is no key; give an Optional",
        assertThrows(NullPointerException.class, distinct::toList).getMessage());
  }

  @Test
  void flatMap_nullForAnIterable_isRefusedAsSuch() throws Exception {
    var flat = AsyncIterator.of(1).<Integer, Exception>flatMap(i -> noItems());
    assertEquals(
        "the function of flatMap gave null, which is no iterable; for nothing give List.of()",
        assertThrows(NullPointerException.class, flat::toList).getMessage());
  }

  @SuppressWarnings("NullAway")
  private static List<Integer> noItems() {
    return null;
  }

  @SuppressWarnings("NullAway")
  private static Integer noKey() {
    return null;
  }

  @Test
  void groupBy_functionReturnsEarly_isCalledAgain() throws Exception {
    List<String> pairs =
        numbers(8)
            .<Integer, String, Exception>groupBy(
                i -> i % 2, (key, own) -> List.of(own.take(2).toList().toString()))
            .toList();
    assertEquals(List.of("[0, 2]", "[1, 3]", "[4, 6]", "[5, 7]"), pairs.stream().sorted().toList());
  }

  @Test
  void groupBy_functionThatTakesNothing_losesTheElement() throws Exception {
    var calls = new AtomicInteger();
    assertEquals(
        List.of(),
        numbers(3)
            .<Integer, String, Exception>groupBy(
                i -> i,
                (key, own) -> {
                  calls.incrementAndGet();
                  return List.of();
                })
            .toList());
    assertEquals(3, calls.get());
  }

  @Test
  void ends_giveWhatTheirNamesSay() throws Exception {
    assertEquals(6, numbers(4).fold(0, Integer::sum));
    assertEquals(Optional.of(6), numbers(4).reduce(Integer::sum));
    assertEquals(Optional.empty(), numbers(0).reduce(Integer::sum));
    assertEquals(Optional.of(0), numbers(4).first());
    assertEquals(4, numbers(4).count());
    assertEquals("0-1", numbers(2).map(String::valueOf).collect(Collectors.joining("-")));
    var closed = new AtomicInteger();
    try (var stream = numbers(3).onClose(closed::incrementAndGet).toStream()) {
      assertEquals(List.of(0), stream.limit(1).toList());
      assertEquals(0, closed.get());
    }
    assertEquals(1, closed.get());
    assertEquals(Optional.of(0), numbers(4).onClose(closed::incrementAndGet).first());
    assertEquals(2, closed.get());
  }

  @Test
  void take_asksForNoMoreThanItGives() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Integer>unbounded();
          queue.put(1);
          queue.put(2);
          assertEquals(List.of(1), AsyncIterator.from(queue).take(1).toList());
          assertEquals(1, queue.size());
        });
  }

  @Test
  void fromQueue_givesWhatIsInItUntilTheShutdown() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Integer>bounded(2);
          root.start(
              "producer",
              () -> {
                for (int i = 0; i < 5; i++) {
                  queue.put(i);
                }
                queue.shutdown();
              });
          assertEquals(List.of(0, 1, 2, 3, 4), AsyncIterator.from(queue).toList());
        });
  }

  @Test
  void functionCutShort_isGivenItsElementAgain() throws Exception {
    VirtualTime.run(
        root -> {
          var slow =
              numbers(3)
                  .map(
                      i -> {
                        sleep(ofSeconds(2));
                        return i;
                      });
          assertEquals(Optional.of(0), slow.next());
          assertTrue(Tandem.moveOnAfter(ofSeconds(1), slow::next).isEmpty());
          assertEquals(List.of(1, 2), slow.toList());
        });
  }

  @Test
  void zip_cutShort_keepsTheHalfOfAPair() throws Exception {
    VirtualTime.run(
        root -> {
          var slow = Probe.of("slow", 2, Probe.log());
          var pairs = numbers(2).zip(slow, List::of);
          assertTrue(Tandem.moveOnAfter(Probe.PACE.dividedBy(2), pairs::next).isEmpty());
          assertEquals(List.of(List.of(0, 0), List.of(1, 1)), pairs.toList());
        });
  }

  @Test
  void failure_comesAfterTheElementsBeforeIt() throws Exception {
    var gone = new IOException("gone");
    var items =
        numbers(3)
            .map(
                i -> {
                  if (i == 1) {
                    throw gone;
                  }
                  return i;
                });
    assertEquals(Optional.of(0), items.next());
    assertSame(gone, assertThrows(IOException.class, items::next));
    assertEquals(Optional.empty(), items.next());
  }

  @Test
  void longFlatChains_doNotRecurse() throws Exception {
    var leftward = AsyncIterator.of(0);
    for (int i = 1; i < 100_000; i++) {
      leftward = leftward.concat(List.of(i));
    }
    assertEquals(100_000, leftward.count());
    AsyncIterator<Integer> rightward = AsyncIterator.of(0);
    for (int i = 1; i < 100_000; i++) {
      rightward = AsyncIterator.of(i).concat(rightward);
    }
    assertEquals(100_000, rightward.count());
    assertEquals(0, numbers(100_000).flatMap(i -> List.of()).count());
    assertEquals(100_000, numbers(100_000).flatMap(List::of).count());
    assertEquals(
        100_000,
        AsyncIterator.concatAll(IntStream.range(0, 100_000).mapToObj(List::of).toList()).count());
  }

  @Test
  void nullFromAFunction_isRefused() throws Exception {
    var thrown =
        assertThrows(
            NullPointerException.class, () -> numbers(1).map(OperatorsTest::nothing).toList());
    assertTrue(thrown.getMessage().contains("map"), thrown.getMessage());
  }

  @SuppressWarnings("NullAway") // what is tested
  private static Integer nothing(Integer item) {
    return null;
  }

  @Test
  void wrongNumbers_areRefused() {
    for (var wrong :
        List.<ThrowingRunnable>of(
            () -> numbers(1).take(-1),
            () -> numbers(1).skip(-1),
            () -> numbers(1).chunk(0),
            () -> numbers(1).window(0),
            () -> numbers(1).window(1, 0),
            () -> numbers(1).buffer(0),
            () -> numbers(1).share(0),
            () -> numbers(1).mapConcurrent(0, i -> i),
            () -> numbers(1).mapConcurrentUnordered(0, i -> i),
            () -> numbers(1).flatMapMerge(0, List::of),
            () -> numbers(1).chunk(0, ofSeconds(1)),
            () -> numbers(1).chunk(1, ofSeconds(0)),
            () -> numbers(1).throttle(ofSeconds(0)),
            () -> numbers(1).debounce(ofSeconds(-1)),
            () -> numbers(1).timeoutEach(ofSeconds(0)),
            () -> numbers(1).retryEach(-1, ofSeconds(1)),
            () -> numbers(1).retryEach(1, ofSeconds(-1)),
            () -> AsyncIterator.generate(-1, (Output<Integer> out) -> {}))) {
      var thrown = assertThrows(IllegalArgumentException.class, wrong::run);
      assertTrue(thrown.getMessage().matches(".*(0|-1|PT0S|PT-1S).*"), thrown.getMessage());
    }
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }
}
