package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.TaskGroup;
import dev.tandem.internal.LateRuntime;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Operators that watch the clock, exact to the nanosecond. */
final class TimingTest {

  /** An element and when it came, in nanoseconds. */
  private record Seen<T>(T item, long at) {}

  /** The numbers from 0, each so many nanoseconds after the one before. */
  private static AsyncIterator<Integer> paced(long... pauses) throws InterruptedException {
    return AsyncIterator.generate(
        pauses.length,
        out -> {
          for (int i = 0; i < pauses.length; i++) {
            sleep(ofNanos(pauses[i]));
            out.emit(i);
          }
        });
  }

  private static <T> List<Seen<T>> watch(AsyncIterator<T> items) throws InterruptedException {
    List<Seen<T>> seen = new ArrayList<>();
    items.consume(item -> seen.add(new Seen<>(item, VirtualTime.elapsed().toNanos())));
    return seen;
  }

  @Test
  void throttle_holdsUpWhatIsTooFast() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(new Seen<>(0, 1), new Seen<>(1, 11), new Seen<>(2, 21), new Seen<>(3, 102)),
                watch(paced(1, 0, 1, 100).throttle(ofNanos(10)))));
  }

  @Test
  void throttle_oneComesLate_thoseAfterItAreNotPushedBack() throws Exception {
    LateRuntime.run(
        3,
        runtime -> {
          List<Seen<Integer>> seen = new ArrayList<>();
          AsyncIterator.of(0, 1, 2, 3)
              .throttle(ofNanos(10))
              .consume(item -> seen.add(new Seen<>(item, runtime.now())));
          assertEquals(
              List.of(new Seen<>(0, 0), new Seen<>(1, 13), new Seen<>(2, 23), new Seen<>(3, 33)),
              seen);
        });
  }

  @Test
  void debounce_givesWhatQuietFollows() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(new Seen<>(1, 15), new Seen<>(2, 25), new Seen<>(4, 34)),
                watch(paced(1, 4, 10, 15, 4).debounce(ofNanos(10)))));
  }

  @Test
  void debounce_slowConsumer_losesNothingThatHadSettled() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> seen = new ArrayList<>();
          paced(0, 20, 20)
              .debounce(ofNanos(10))
              .consume(
                  i -> {
                    seen.add(i);
                    sleep(ofNanos(100));
                  });
          assertEquals(List.of(0, 1, 2), seen);
        });
  }

  @Test
  void chunkInTime_givesWhatIsFullOrOldEnough() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(
                    new Seen<>(List.of(0, 1, 2), 3),
                    new Seen<>(List.of(3), 113),
                    new Seen<>(List.of(4), 203)),
                watch(paced(1, 1, 1, 100, 100).chunk(3, ofNanos(10)))));
  }

  @Test
  void chunkInTime_slowConsumer_getsWhatIsThereAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var chunks = paced(1, 50, 1).chunk(3, ofNanos(10));
          assertEquals(Optional.of(List.of(0)), chunks.next());
          sleep(ofNanos(100));
          assertEquals(Optional.of(List.of(1, 2)), chunks.next());
          assertEquals(ofNanos(111), VirtualTime.elapsed());
        });
  }

  @Test
  void timeoutEach_countsFromTheAsking() throws Exception {
    VirtualTime.run(
        root -> {
          var items = paced(10, 10, 12).timeoutEach(ofNanos(11));
          assertEquals(Optional.of(0), items.next());
          sleep(ofNanos(5));
          assertEquals(Optional.of(1), items.next());
          assertEquals(ofNanos(20), VirtualTime.elapsed());
          var slow = assertThrows(DeadlineExceededException.class, items::next);
          assertTrue(slow.getMessage().contains("timeoutEach"), slow.getMessage());
          assertEquals(ofNanos(31), VirtualTime.elapsed());
          assertEquals(Optional.empty(), items.next());
        });
  }

  @Test
  void timeoutEach_leavesTheTasksBeforeItAlone() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(0, 1, 2),
                AsyncIterator.of(0, 1, 2)
                    .flatMap(i -> paced(ofSeconds(1).toNanos()).map(j -> i))
                    .mapConcurrent(
                        2,
                        i -> {
                          sleep(ofSeconds(2));
                          return i;
                        })
                    .timeoutEach(ofSeconds(4))
                    .toList()));
  }

  @Test
  void retryEach_triesTheFailedElementAgain() throws Exception {
    VirtualTime.run(
        root -> {
          var tries = new AtomicInteger();
          var items =
              AsyncIterator.of("a", "b")
                  .map(
                      item -> {
                        if (tries.incrementAndGet() % 3 != 0) {
                          throw new IOException("not yet");
                        }
                        return item;
                      })
                  .retryEach(2, ofMillis(10));
          assertEquals(List.of("a", "b"), items.toList());
          assertEquals(6, tries.get());
          assertEquals(ofMillis(40), VirtualTime.elapsed());
        });
  }

  @Test
  void retryEach_failsOnceTooOften_throwsThatFailure() throws Exception {
    VirtualTime.run(
        root -> {
          var tries = new AtomicInteger();
          var items =
              AsyncIterator.of("a")
                  .map(
                      item -> {
                        throw new IOException("try " + tries.incrementAndGet());
                      })
                  .retryEach(2, ZERO);
          var thrown = assertThrows(IOException.class, items::toList);
          assertEquals("try 3", thrown.getMessage());
        });
  }

  @Test
  void retryEach_otherFailures_areThrownAtOnce() throws Exception {
    var items =
        AsyncIterator.of("a")
            .map(
                item -> {
                  throw new IllegalStateException("for good");
                })
            .retryEach(5, ZERO, IOException.class::isInstance);
    assertThrows(IllegalStateException.class, items::toList);
  }

  @Test
  void retryEach_generatorThatFailed_failsForGood() throws Exception {
    var items =
        AsyncIterator.generate(
                (Output<Integer> out) -> {
                  out.emit(1);
                  throw new IOException("gone");
                })
            .retryEach(3, ZERO);
    assertEquals(Optional.of(1), items.next());
    assertThrows(IOException.class, items::next);
  }

  @Test
  void mapConcurrent_overlapsTheWorkAndKeepsTheOrder() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(new Seen<>(3, 3), new Seen<>(1, 3), new Seen<>(2, 3), new Seen<>(1, 4)),
                watch(
                    AsyncIterator.of(3, 1, 2, 1)
                        .mapConcurrent(
                            3,
                            i -> {
                              sleep(ofNanos(i));
                              return i;
                            }))));
  }

  @Test
  void mapConcurrentUnordered_givesResultsAsTheyCome() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(new Seen<>(1, 1), new Seen<>(2, 2), new Seen<>(3, 3), new Seen<>(5, 6)),
                watch(
                    AsyncIterator.of(3, 1, 2, 5)
                        .mapConcurrentUnordered(
                            3,
                            i -> {
                              sleep(ofNanos(i));
                              return i;
                            }))));
  }

  @Test
  void merge_givesElementsAsTheyCome() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(new Seen<>(0, 2), new Seen<>(0, 3), new Seen<>(1, 4), new Seen<>(1, 6)),
                watch(paced(2, 2).merge(paced(3, 3)))));
  }

  @Test
  void mergeAll_ofNone_endsAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(List.of(), watch(AsyncIterator.mergeAll(List.of())));
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void mergeAll_ofOne_givesItsElementsAsTheyCome() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(new Seen<>(0, 2), new Seen<>(1, 4)),
                watch(AsyncIterator.mergeAll(List.of(paced(2, 2))))));
  }

  @Test
  void mergeAll_ofThree_givesTheElementsOfAllAsTheyCome() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(
                    new Seen<>(0, 2),
                    new Seen<>(0, 3),
                    new Seen<>(1, 4),
                    new Seen<>(0, 5),
                    new Seen<>(1, 6),
                    new Seen<>(1, 10)),
                watch(AsyncIterator.mergeAll(List.of(paced(2, 2), paced(3, 3), paced(5, 5))))));
  }

  @Test
  void flatMapMerge_givesElementsOfSoManyAtOnceAsTheyCome() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertEquals(
                List.of(
                    new Seen<>("b", 1),
                    new Seen<>("b", 2),
                    new Seen<>("a", 3),
                    new Seen<>("c", 4),
                    new Seen<>("a", 6),
                    new Seen<>("c", 6)),
                watch(
                    AsyncIterator.of("a", "b", "c")
                        .flatMapMerge(
                            2,
                            item -> {
                              int pace = List.of(3, 1, 2).get("abc".indexOf(item));
                              return paced(pace, pace).map(i -> item);
                            }))));
  }

  @Test
  void ownPace_isKeptUnderABuffer() throws Exception {
    VirtualTime.run(
        root -> {
          Duration each = ofSeconds(1);
          Probe.of("source", 10, Probe.log())
              .buffer(2)
              .consume(
                  i -> {
                    sleep(each);
                  });
          assertEquals(ofSeconds(11), VirtualTime.elapsed());
        });
  }
}
