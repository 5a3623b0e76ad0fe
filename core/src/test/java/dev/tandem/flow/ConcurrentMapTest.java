package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.ItemWork;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConcurrentMapTest {

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();

  private AsyncIterator<Integer> numbers(int count) {
    return AsyncIterator.from(
        () -> IntStream.range(0, count).peek(i -> taken.incrementAndGet()).iterator());
  }

  private static AsyncIterator<Integer> mapped(
      boolean ordered,
      AsyncIterator<Integer> items,
      int limit,
      ItemWork<Integer, Integer, Exception> work)
      throws Exception {
    return ordered ? items.mapConcurrent(limit, work) : items.mapConcurrentUnordered(limit, work);
  }

  private int sleeping(int seconds, int result) throws InterruptedException {
    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
    try {
      sleep(ofSeconds(seconds));
      return result;
    } catch (CancelledException stopped) {
      cancelled.incrementAndGet();
      throw stopped;
    } finally {
      atWork.decrementAndGet();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void all_areWorkedOnOnceAndAtMostSoManyAtOnce(boolean ordered) throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> all =
              mapped(ordered, numbers(100), 7, i -> sleeping(1 + i % 3, i)).toList();
          List<Integer> expected = IntStream.range(0, 100).boxed().toList();
          assertEquals(expected, ordered ? all : all.stream().sorted().toList());
          assertEquals(7, mostAtWork.get());
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowConsumer_noMoreThanTheLimitIsFetchedAhead(boolean ordered) throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = mapped(ordered, numbers(1000), 5, i -> i)) {
            for (int i = 1; i <= 100; i++) {
              assertTrue(items.next().isPresent());
              sleep(ofSeconds(1));
              assertTrue(taken.get() <= i + 5, "taken " + taken + " at " + i);
              assertTrue(taken.get() > i + 5 / 2, "taken " + taken + " at " + i);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowSource_doesNotHoldUpResults(boolean ordered) throws Exception {
    VirtualTime.run(
        root -> {
          var slow =
              numbers(2)
                  .onEach(
                      i -> {
                        if (i == 1) {
                          sleep(ofDays(1));
                        }
                      });
          var items = mapped(ordered, slow, 5, i -> i);
          assertEquals(Optional.of(0), items.next());
          assertEquals(ofSeconds(0), VirtualTime.elapsed());
          assertEquals(Optional.of(1), items.next());
          assertEquals(Optional.empty(), items.next());
        });
  }

  @Test
  void ordered_oneFails_thoseBeforeItAreGivenOutAndThoseAfterItCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new IOException("broken");
          var items =
              numbers(10)
                  .mapConcurrent(
                      4,
                      i -> {
                        if (i == 2) {
                          sleep(ofSeconds(1));
                          throw broken;
                        }
                        return sleeping(10 - i, i);
                      });
          assertEquals(Optional.of(0), items.next());
          assertEquals(ofSeconds(10), VirtualTime.elapsed());
          assertEquals(1, cancelled.get());
          assertEquals(Optional.of(1), items.next());
          assertSame(broken, assertThrows(IOException.class, items::next));
          assertEquals(Optional.empty(), items.next());
          assertEquals(4, taken.get());
        });
  }

  @Test
  void ordered_twoFail_theFirstInOrderIsThrownAndBringsTheOther() throws Exception {
    VirtualTime.run(
        root -> {
          var items =
              numbers(10)
                  .mapConcurrent(
                      4,
                      i -> {
                        sleep(ofSeconds(10 - i));
                        throw new IOException("broken " + i);
                      });
          var thrown = assertThrows(IOException.class, items::next);
          assertEquals("broken 0", thrown.getMessage());
          assertEquals(
              List.of("broken 3", "broken 2", "broken 1"),
              List.of(thrown.getSuppressed()).stream().map(Throwable::getMessage).toList());
        });
  }

  @Test
  void unordered_oneFails_theOthersAreCancelledAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new IOException("broken");
          var items =
              numbers(10)
                  .mapConcurrentUnordered(
                      4,
                      i -> {
                        int result = sleeping(i + 1, i);
                        if (i == 1) {
                          throw broken;
                        }
                        return result;
                      });
          assertEquals(Optional.of(0), items.next());
          assertSame(broken, assertThrows(IOException.class, items::next));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(3, cancelled.get());
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sourceFails_isThrownAfterTheResultsBeforeIt(boolean ordered) throws Exception {
    VirtualTime.run(
        root -> {
          var source = Probe.of("source", 10, Probe.log()).failingAt(3);
          var items = mapped(ordered, source, 2, i -> i);
          assertEquals(List.of(0, 1, 2), items.take(3).toList());
          var again = mapped(ordered, Probe.of("s", 10, Probe.log()).failingAt(1), 2, i -> i);
          assertEquals(Optional.of(0), again.next());
          assertEquals("s failed", assertThrows(IOException.class, again::next).getMessage());
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shortWorks_needFewTasks(boolean ordered) throws Exception {
    VirtualTime.run(
        root -> {
          var threads = new CopyOnWriteArrayList<Thread>();
          mapped(
                  ordered,
                  numbers(10_000),
                  1000,
                  i -> {
                    if (i % 100 == 0) {
                      add(threads);
                    }
                    return i;
                  })
              .consume(i -> {});
          assertTrue(threads.stream().distinct().count() <= 50);
        });
  }

  private static void add(List<Thread> threads) {
    threads.add(Thread.currentThread());
  }

  @Test
  void worksOwnIterators_endWithTheirLanes() throws Exception {
    VirtualTime.run(
        root -> {
          List<String> log = Probe.log();
          var items =
              numbers(3)
                  .mapConcurrent(
                      3, i -> Probe.of("inner", 1000, log).buffer(1).next().orElseThrow());
          assertEquals(List.of(0, 0, 0), items.toList());
          assertEquals(3, log.stream().filter("close inner"::equals).count());
        });
  }
}
