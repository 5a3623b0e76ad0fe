package dev.tandem.flow;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import dev.tandem.TaskGroup;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every item that was put in is taken once, or still in the queue, or returned as undelivered; a
 * put that threw, or said false, put nothing in. Whoever joins is told when all are reported.
 */
@Tag("stress")
final class AccountingStressTest {

  private static final int ITEMS = 100;

  @ParameterizedTest
  @EnumSource
  void oneQueue_disturbed_losesNothing(Kind kind) throws Exception {
    Stress.repeat(() -> new Accounting(List.of(kind.queue())).run(3, 3));
  }

  @ParameterizedTest
  @EnumSource
  void severalQueues_disturbed_loseNothing(Kind kind) throws Exception {
    Stress.repeat(
        () ->
            new Accounting(List.of(kind.queue(), Kind.RENDEZVOUS.queue(), Kind.TWO.queue()))
                .run(3, 3));
  }

  @Test
  void manyTakers_disturbed_loseNothing() throws Exception {
    Stress.repeat(() -> new Accounting(List.of(Kind.TEN.queue())).run(20, 20));
  }

  /** One at each end always meets the other without a lock, where a queue allows that. */
  @ParameterizedTest
  @EnumSource
  void forEach_whileAnotherPuts_reportsEachItemOnceAndJoinReturns(Kind kind) throws Exception {
    Stress.repeat(() -> workThrough(kind.queue(), 1, 1));
  }

  @ParameterizedTest
  @EnumSource
  void forEach_inSeveralWorkersWhileOthersPut_reportsEachItemOnceAndJoinReturns(Kind kind)
      throws Exception {
    Stress.repeat(() -> workThrough(kind.queue(), 3, 2));
  }

  private static void workThrough(AsyncQueue<Integer> queue, int workers, int putters)
      throws Exception {
    var seen = new ConcurrentLinkedQueue<Integer>();
    TaskGroup.run(
        group -> {
          for (int i = 0; i < workers; i++) {
            group.start(() -> queue.forEach(seen::add));
          }
          TaskGroup.run(
              inner -> {
                for (int i = 0; i < putters; i++) {
                  int first = i * ITEMS;
                  inner.start(() -> putAll(first, queue));
                }
              });
          assertTrue(queue.join(ofSeconds(20)), queue::toString);
          assertEquals(putters * ITEMS, seen.size());
          queue.shutdown();
        });
    assertEquals(
        IntStream.range(0, putters * ITEMS).boxed().toList(), seen.stream().sorted().toList());
    assertEquals(0, queue.statistics().unfinished());
  }

  private static void putAll(int first, AsyncQueue<Integer> queue) throws InterruptedException {
    for (int item = first; item < first + ITEMS; item++) {
      queue.put(item);
    }
  }
}
