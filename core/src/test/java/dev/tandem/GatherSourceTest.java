package dev.tandem;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a gather takes its items from. */
final class GatherSourceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void run_overALazySource_takesEachItemOnceAndNoMoreThanThereIsRoomFor(int limit)
      throws Exception {
    int count = 500;
    var taken = new AtomicInteger();
    var finished = new AtomicInteger();
    var ahead = new AtomicInteger();
    Iterable<Integer> lazy =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return taken.get() < count;
              }

              @Override
              public Integer next() {
                int item = taken.getAndIncrement();
                ahead.accumulateAndGet(item + 1 - finished.get(), Math::max);
                return item;
              }
            };
    List<Integer> results =
        Gather.over(lazy)
            .limit(limit)
            .run(
                i -> {
                  finished.incrementAndGet();
                  return i;
                });
    assertEquals(numbers(count), results);
    assertTrue(ahead.get() <= limit, ahead + " items taken ahead of " + limit);
  }

  @Test
  void run_sourceThatBlocksInATandemWait_letsTimePass() throws Exception {
    VirtualTime.run(
        root -> {
          var left = new AtomicInteger(3);
          Iterable<Integer> slow =
              () ->
                  new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                      return left.get() > 0;
                    }

                    @Override
                    public Integer next() {
                      try {
                        sleep(ofSeconds(1));
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return left.getAndDecrement();
                    }
                  };
          assertEquals(List.of(3, 2, 1), gather(slow, i -> i));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void run_sourceThatFails_throwsItsException() {
    Iterable<Integer> broken =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                throw new IllegalArgumentException("line 3");
              }
            };
    assertThrows(IllegalArgumentException.class, () -> gather(broken, i -> i));
  }

  @Test
  void run_nullItemsAndResults_areValuesLikeOthers() throws Exception {
    assertEquals(
        Arrays.asList(null, "b!", null),
        gather(Arrays.asList("a", "b", null), s -> "b".equals(s) ? "b!" : null));
  }

  @Test
  void run_overALazySourceWithNullResults_hasOneForEachItem() throws Exception {
    Iterable<String> lazy = () -> List.of("a", "b", "c", "d").iterator();
    assertEquals(
        Arrays.asList(null, "b!", null, null), gather(lazy, s -> s.equals("b") ? "b!" : null));
    assertEquals(Arrays.asList(null, null, null, null), gather(lazy, s -> null));
  }

  @Test
  void claim_ofALazySourceThatKeepsNoResults_takesNoMemory() throws Exception {
    int count = 5_000_000;
    Iterable<Integer> lazy = () -> IntStream.range(0, count).iterator();
    ItemSource<Integer> source = ItemSource.of(lazy);
    long before = usedMemory();
    for (var claim = source.claim(); claim != null; claim = source.claim()) {
      if (claim.index() % 2 == 0) {
        source.put(claim.index(), null);
      }
    }
    long kept = usedMemory() - before;
    assertTrue(kept < count, () -> kept + " bytes are kept of " + count + " items");
    assertEquals(count, source.results().size());
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
