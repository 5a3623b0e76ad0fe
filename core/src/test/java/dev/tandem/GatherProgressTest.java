package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Progress, and ends before all is done. */
final class GatherProgressTest {

  @Test
  void onProgress_isToldOfEachItemInOrder() throws Exception {
    VirtualTime.run(
        root -> {
          List<Progress> told = new ArrayList<>();
          Gather.over(List.of(3, 1, 2))
              .onProgress(told::add)
              .outcomes(
                  item -> {
                    sleep(ofSeconds(item));
                    if (item == 2) {
                      throw new IOException("two");
                    }
                    return item;
                  });
          OptionalInt three = OptionalInt.of(3);
          assertEquals(
              List.of(
                  new Progress(1, 0, three), new Progress(2, 1, three), new Progress(3, 1, three)),
              told);
        });
  }

  @Test
  void onProgress_manyItemsOnManyThreads_missesNoneAndNeverOverlaps() throws Exception {
    List<Progress> told = new ArrayList<>();
    var inside = new AtomicInteger();
    Gather.over(IntStream.range(0, 5_000).boxed().toList())
        .onProgress(
            progress -> {
              assertEquals(1, inside.incrementAndGet());
              told.add(progress);
              inside.decrementAndGet();
            })
        .run(item -> item);
    assertEquals(
        IntStream.rangeClosed(1, 5_000).boxed().toList(),
        told.stream().map(Progress::done).toList());
  }

  @Test
  void onProgress_lazySource_hasNoTotal() throws Exception {
    List<Progress> told = new ArrayList<>();
    Iterable<Integer> lazy = () -> List.of(1).iterator();
    Gather.over(lazy).onProgress(told::add).run(item -> item);
    assertEquals(List.of(new Progress(1, 0, OptionalInt.empty())), told);
  }

  @Test
  void onProgress_throws_failsTheGather() {
    var full = new IllegalStateException("the disk is full");
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Gather.over(List.of(1))
                    .onProgress(
                        progress -> {
                          throw full;
                        })
                    .run(item -> item));
    assertSame(full, thrown);
  }

  @Test
  void enough_cancelsWhatRunsAndLeavesTheRestUndone() throws Exception {
    VirtualTime.run(
        root -> {
          var begun = new AtomicInteger();
          List<Outcome<Integer, Integer>> outcomes =
              Gather.over(List.of(5, 2, 9, 1))
                  .limit(2)
                  .outcomes(
                      item -> {
                        begun.incrementAndGet();
                        sleep(ofSeconds(item));
                        return item;
                      },
                      Outcome::isSuccess);
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(2, begun.get());
          assertEquals(2, outcomes.get(1).orElseThrow());
          for (int undone : List.of(0, 2, 3)) {
            var cancelled = assertInstanceOf(Cancelled.class, outcomes.get(undone));
            assertTrue(cancelled.why().reason().contains("enough"), cancelled.toString());
          }
          assertEquals(List.of(5, 2, 9, 1), outcomes.stream().map(Outcome::item).toList());
        });
  }

  @Test
  void enough_never_isAsWithout() throws Exception {
    var outcomes = Gather.over(List.of(1, 2)).outcomes(item -> item, outcome -> false);
    assertEquals(List.of(1, 2), outcomes.stream().map(Outcome::orElseThrow).toList());
  }

  @Test
  void enough_ofAnEndlessSource_endsIt() throws Exception {
    Iterable<Integer> endless = () -> IntStream.iterate(0, i -> i + 1).iterator();
    var outcomes =
        Gather.over(endless).limit(4).outcomes(item -> item, outcome -> outcome.item() == 50);
    assertTrue(outcomes.size() > 50);
    assertEquals(50, outcomes.get(50).orElseThrow());
  }

  @Test
  void enough_throws_failsTheGather() {
    assertThrows(
        ArithmeticException.class,
        () -> Gather.over(List.of(0)).outcomes(item -> item, outcome -> 1 / outcome.item() > 0));
  }
}
