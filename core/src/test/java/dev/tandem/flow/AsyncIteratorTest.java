package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AsyncIteratorTest {

  /** The lesson's class. */
  private static final class AsyncRange extends AsyncIterator<Integer> {

    private final int end;
    private int current;
    private int released;

    AsyncRange(int start, int end) {
      this.current = start;
      this.end = end;
    }

    @Override
    protected @Nullable Integer advance() throws InterruptedException {
      if (current >= end) {
        return null;
      }
      sleep(ofMillis(100));
      return current++;
    }

    @Override
    protected void release() {
      released++;
    }
  }

  @Test
  void next_whileAnotherTaskWaitsInIt_isRefusedAndTakesNothing() throws Exception {
    VirtualTime.run(
        root -> {
          try (var numbers = new AsyncRange(0, 3)) {
            assertEquals(0, numbers.next().orElseThrow());
            var other = root.start("other", () -> numbers.next());
            sleep(ofMillis(50));
            assertThrows(IllegalStateException.class, numbers::next);
            assertEquals(1, other.await().orElseThrow());
            assertEquals(List.of(2), numbers.toList());
          }
        });
  }

  @Test
  void close_whileAnotherTaskWaitsInIt_isRefusedAndThatTaskHasItsElement() throws Exception {
    VirtualTime.run(
        root -> {
          var range = new AsyncRange(0, 1);
          refusedToClose(root, range, () -> assertEquals(0, range.released));
          assertEquals(1, range.released);
          AsyncQueue<Integer> queue = AsyncQueue.unbounded();
          refusedToClose(root, AsyncIterator.from(queue), () -> queue.offer(0));
          refusedToClose(root, new AsyncRange(0, 1).buffer(2), () -> {});
          var generated =
              AsyncIterator.<Integer, InterruptedException>generate(
                  out -> {
                    sleep(ofMillis(100));
                    out.emit(0);
                  });
          refusedToClose(root, generated, () -> {});
        });
  }

  private static void refusedToClose(TaskGroup root, AsyncIterator<Integer> items, Runnable then)
      throws Exception {
    var other = root.start("other", () -> items.next());
    sleep(ofMillis(50));
    assertThrows(IllegalStateException.class, items::close);
    then.run();
    assertEquals(0, other.await().orElseThrow());
    items.close();
    assertEquals(Optional.empty(), items.next());
  }

  @Test
  void close_byTheFunctionOfAStage_isRefused() throws Exception {
    VirtualTime.run(
        root -> {
          var range = new AsyncRange(0, 5);
          var closed = new ArrayList<AsyncIterator<?>>();
          var numbers = range.onEach(item -> closed.forEach(AsyncIterator::close));
          closed.add(numbers);
          assertThrows(IllegalStateException.class, numbers::toList);
          assertEquals(1, range.released);
        });
  }

  @Test
  void ownClass_inAPlainLoop_givesItsElementsAndIsReleasedAtTheEnd() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> numbers = new ArrayList<>();
          var range = new AsyncRange(0, 5);
          for (int number : range) {
            numbers.add(number);
          }
          assertEquals(List.of(0, 1, 2, 3, 4), numbers);
          assertEquals(ofMillis(500), VirtualTime.elapsed());
          assertEquals(1, range.released);
        });
  }

  @Test
  void secondLoop_goesOnWhereTheFirstOneLeft() throws Exception {
    VirtualTime.run(
        root -> {
          var range = new AsyncRange(0, 4);
          for (int number : range) {
            if (number == 1) {
              break;
            }
          }
          assertEquals(0, range.released);
          assertEquals(List.of(2, 3), range.toList());
          assertEquals(List.of(), range.toList());
        });
  }

  @Test
  void neverAsked_isReleasedNevertheless() {
    var range = new AsyncRange(0, 4);
    range.close();
    range.close();
    assertEquals(1, range.released);
    assertFalse(range.iterator().hasNext());
    assertThrows(NoSuchElementException.class, () -> range.iterator().next());
  }

  @Test
  void forgottenToClose_theScopeAroundDoesIt() throws Exception {
    VirtualTime.run(
        root -> {
          var range = new AsyncRange(0, 4);
          timeout(
              ofSeconds(1),
              () -> {
                var inner = new AsyncRange(0, 4);
                assertEquals(Optional.of(0), inner.next());
                assertEquals(Optional.of(0), range.next());
                return inner;
              });
          // It was made out here, so the timeout has left it open.
          assertEquals(0, range.released);
          assertEquals(Optional.of(1), range.next());
        });
  }

  @Test
  void scopeEnds_whatWasMadeInItIsReleased() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncRange inner =
              timeout(
                  ofSeconds(1),
                  () -> {
                    var made = new AsyncRange(0, 4);
                    assertEquals(Optional.of(0), made.next());
                    return made;
                  });
          assertEquals(1, inner.released);
          assertEquals(Optional.empty(), inner.next());
        });
  }

  @Test
  void cancelledWait_theElementIsStillToCome() throws Exception {
    VirtualTime.run(
        root -> {
          var range = new AsyncRange(0, 2);
          assertFalse(Tandem.moveOnAfter(ofMillis(50), () -> drain(range.iterator())));
          assertEquals(List.of(0, 1), range.toList());
          assertEquals(ofMillis(250), VirtualTime.elapsed());
        });
  }

  @Test
  void cancelledScope_throwsInTheLoopEvenIfNothingWaits() throws Exception {
    VirtualTime.run(
        root -> {
          var items = AsyncIterator.of(1, 2, 3);
          root.cancel("enough");
          assertThrows(CancelledException.class, () -> items.iterator().hasNext());
        });
  }

  @Test
  void failure_isThrownAsItselfAndClosesAll() throws Exception {
    var gone = new IOException("gone");
    var closed = new AtomicInteger();
    try (var items =
        AsyncIterator.of(1, 2)
            .onClose(closed::incrementAndGet)
            .map(
                i -> {
                  if (i == 2) {
                    throw gone;
                  }
                  return i;
                })) {
      Iterator<Integer> pass = items.iterator();
      assertEquals(1, pass.next());
      assertSame(gone, assertThrows(IOException.class, pass::hasNext));
      assertEquals(1, closed.get());
      assertFalse(pass.hasNext());
    }
    assertEquals(1, closed.get());
  }

  @Test
  void untilNull_readsToTheEnd() throws Exception {
    var lines = List.of("a", "b").iterator();
    assertEquals(
        List.of("a", "b"),
        AsyncIterator.<String, IOException>untilNull(() -> lines.hasNext() ? lines.next() : null)
            .toList());
  }

  @Test
  void whilePresent_readsToTheEnd() throws Exception {
    var lines = List.of("a", "b").iterator();
    AsyncIterator<String> all =
        AsyncIterator.whilePresent(
            () -> lines.hasNext() ? Optional.of(lines.next()) : Optional.empty());
    assertEquals(List.of("a", "b"), all.filter(line -> true).toList());
  }

  @Test
  void fromIterable_nullInIt_isRefused() {
    var items = AsyncIterator.from(Arrays.asList("a", null));
    var thrown = assertThrows(NullPointerException.class, items::toList);
    assertTrue(thrown.getMessage().contains("no element"), thrown.getMessage());
  }

  @Test
  void takenTwice_isRefused() throws Exception {
    var items = AsyncIterator.of(1);
    items.map(i -> i);
    var thrown = assertThrows(IllegalStateException.class, () -> items.map(i -> i));
    assertTrue(thrown.getMessage().contains("'map'"), thrown.getMessage());
  }

  @Test
  void toString_saysTheState() {
    var range = new AsyncRange(0, 1);
    assertEquals("AsyncRange[not begun]", range.toString());
    range.close();
    assertEquals("AsyncRange[closed]", range.toString());
  }

  private static void drain(Iterator<?> items) throws InterruptedException {
    while (items.hasNext()) {
      items.next();
    }
  }
}
