package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ends of elements: failures come after what was before them, and an end is an end. */
final class ElementEndsTest {

  private final List<String> log = Probe.log();

  private static AsyncIterator<Integer> failingAfter(int count) throws Exception {
    var last = new AtomicInteger();
    return AsyncIterator.untilNull(
        () -> {
          int next = last.incrementAndGet();
          if (next == count + 1) {
            throw new IOException("boom");
          }
          return next > count + 3 ? null : next;
        });
  }

  private static List<Object> everything(AsyncIterator<?> items) {
    var got = new ArrayList<Object>();
    try (items) {
      items.forEach(got::add);
    } catch (Exception failure) {
      got.add(failure.getMessage());
    }
    return got;
  }

  @Test
  void chunk_sourceFails_whatCameBeforeIsGivenFirst() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          List<Object> expected = List.of(List.of(1, 2, 3), List.of(4), "boom");
          assertEquals(expected, everything(failingAfter(4).chunk(3)));
          assertEquals(expected, everything(failingAfter(4).chunk(3, ofSeconds(10))));
          assertEquals(List.of(List.of(1, 2), "boom"), everything(failingAfter(2).chunk(2)));
        });
  }

  @Test
  void chunk_askedAgainAfterAFailure_goesOn() throws Exception {
    VirtualTime.run(
        (TaskGroup _) ->
            assertEquals(
                List.of(List.of(1, 2, 3), List.of(4), List.of(6, 7)),
                everything(failingAfter(4).chunk(3).retryEach(1, ofSeconds(1)))));
  }

  /** Counts down, and would begin again after its end. */
  private static final class Countdown extends AsyncIterator<Integer> {
    private int left = 3;
    private boolean over;

    @Override
    protected @Nullable Integer advance() {
      assertFalse(over, "asked after the end");
      over = left == 0;
      return over ? null : left--;
    }
  }

  @Test
  void end_isAskedForOnce() throws Exception {
    assertEquals(List.of(List.of(3, 2), List.of(1)), new Countdown().chunk(2).toList());
    assertEquals(List.of(), new Countdown().skip(5).toList());
    assertEquals(List.of(3, 2, 1), new Countdown().retryEach(2, ofSeconds(1)).toList());
    assertEquals(List.of(3, 2, 1, 9), new Countdown().concat(List.of(9)).toList());
  }

  @Test
  void hasNext_afterClose_isFalse() {
    AsyncIterator<Integer> items = AsyncIterator.of(1, 2);
    Iterator<Integer> pass = items.iterator();
    assertTrue(pass.hasNext());
    items.close();
    assertFalse(pass.hasNext());
  }

  @Test
  void concat_ofAConcatTwice_isRefused() {
    AsyncIterator<Integer> chain = AsyncIterator.of(1).concat(List.of(2));
    assertEquals(List.of(1, 2, 3), everything(chain.concat(List.of(3))));
    assertThrows(IllegalStateException.class, () -> chain.concat(List.of(4)));
  }

  @Test
  void concat_withItself_isRefused() {
    AsyncIterator<Integer> chain = AsyncIterator.of(1).concat(List.of(2));
    assertThrows(IllegalStateException.class, () -> chain.concat(chain));
  }

  @Test
  void concat_toAClosedConcat_closesWhatWasAdded() {
    AsyncIterator<Integer> chain = AsyncIterator.of(1).concat(List.of(2));
    chain.close();
    chain.concat(AsyncIterator.of(3).onClose(() -> log.add("closed"))).close();
    assertEquals(List.of("closed"), log);
  }

  @Test
  void concat_longChainClosedUnasked_doesNotRecurse() throws Exception {
    AsyncIterator<Integer> chain = AsyncIterator.of(0);
    for (int i = 1; i < 50_000; i++) {
      chain = chain.concat(List.of(i));
    }
    chain.onClose(() -> log.add("closed")).close();
    assertEquals(List.of("closed"), log);
  }

  @Test
  void reduce_interruptedAtTheFirst_closes() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          AsyncIterator<Integer> slow =
              AsyncIterator.<Integer, InterruptedException>untilNull(
                      () -> {
                        sleep(ofSeconds(100));
                        return 1;
                      })
                  .onClose(() -> log.add("closed"));
          assertThrows(
              DeadlineExceededException.class,
              () -> Tandem.timeout(ofSeconds(1), () -> slow.reduce(Integer::sum)));
          log.add("after");
        });
    assertEquals(List.of("closed", "after"), log);
  }
}
