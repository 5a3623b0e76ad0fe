package dev.tandem;

import static dev.tandem.Tandem.asCompleted;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Outcome.Failure;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AsCompletedTest {

  @Test
  void loop_givesOutcomesAsTheyCome() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> items = new ArrayList<>();
          List<Duration> times = new ArrayList<>();
          try (var done = asCompleted(List.of(3, 1, 2), AsCompletedTest::slept)) {
            for (var outcome : done) {
              items.add(outcome.item());
              times.add(VirtualTime.elapsed());
            }
          }
          assertEquals(List.of(1, 2, 3), items);
          assertEquals(List.of(ofSeconds(1), ofSeconds(2), ofSeconds(3)), times);
        });
  }

  @Test
  void loop_leftEarly_cancelsTheRestAndWaitsForIt() throws Exception {
    VirtualTime.run(
        root -> {
          var cleanedUp = new AtomicInteger();
          try (var done = asCompleted(List.of(1, 5, 9), item -> cleaningUp(item, cleanedUp))) {
            assertEquals(1, done.iterator().next().item());
          }
          assertEquals(2, cleanedUp.get());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void item_fails_isAnOutcomeAndTheLoopGoesOn() throws Exception {
    VirtualTime.run(
        root -> {
          var gone = new IOException("gone");
          List<Outcome<Integer, Integer>> outcomes = new ArrayList<>();
          try (var done =
              Gather.over(List.of(2, 1))
                  .<Integer>asCompleted(
                      item -> {
                        slept(item);
                        if (item == 1) {
                          throw gone;
                        }
                        return item;
                      })) {
            done.forEach(outcomes::add);
          }
          assertSame(gone, assertInstanceOf(Failure.class, outcomes.get(0)).error());
          assertTrue(outcomes.get(1).isSuccess());
        });
  }

  @Test
  void limit_holdsBackItemsAndOutcomesThatNobodyTakes() throws Exception {
    VirtualTime.run(
        root -> {
          var begun = new AtomicInteger();
          var endless = (Iterable<Integer>) () -> IntStream.iterate(0, i -> i + 1).iterator();
          try (var done =
              Gather.over(endless)
                  .limit(3)
                  .asCompleted(
                      item -> {
                        begun.incrementAndGet();
                        return item;
                      })) {
            sleep(ofSeconds(1));
            assertTrue(begun.get() <= 6, "begun " + begun);
            for (int i = 0; i < 100; i++) {
              done.iterator().next();
            }
            sleep(ofSeconds(1));
            assertTrue(begun.get() <= 106, "begun " + begun);
          }
        });
  }

  @Test
  void limit_runsNoMoreAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          try (var done =
              Gather.over(List.of(1, 1, 1, 1)).limit(2).asCompleted(AsCompletedTest::slept)) {
            var outcomes = done.iterator();
            outcomes.next();
            outcomes.next();
            assertEquals(ofSeconds(1), VirtualTime.elapsed());
            outcomes.next();
            outcomes.next();
            assertEquals(ofSeconds(2), VirtualTime.elapsed());
            assertFalse(outcomes.hasNext());
            assertThrows(NoSuchElementException.class, outcomes::next);
          }
        });
  }

  @Test
  void itemTooSlow_isAFailureOfThatItem() throws Exception {
    VirtualTime.run(
        root -> {
          try (var done =
              Gather.over(List.of(1, 9))
                  .timeout(ofSeconds(2))
                  .asCompleted(AsCompletedTest::slept)) {
            var outcomes = done.iterator();
            assertEquals(1, outcomes.next().orElseThrow());
            var late = assertInstanceOf(Failure.class, outcomes.next());
            assertInstanceOf(DeadlineExceededException.class, late.error());
          }
        });
  }

  @Test
  void scopeAroundCancelled_throwsInTheLoopAndCancelsTheItems() throws Exception {
    VirtualTime.run(
        root -> {
          var cleanedUp = new AtomicInteger();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofSeconds(3),
                      () -> {
                        try (var done =
                            asCompleted(List.of(1, 7, 9), item -> cleaningUp(item, cleanedUp))) {
                          for (var outcome : done) {
                            assertEquals(1, outcome.item());
                          }
                        }
                        return null;
                      }));
          assertEquals(2, cleanedUp.get());
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
        });
  }

  @Test
  void forgottenToClose_theScopeAroundDoesIt() throws Exception {
    VirtualTime.run(
        root -> {
          var cleanedUp = new AtomicInteger();
          timeout(
              ofSeconds(60),
              () -> {
                var done = asCompleted(List.of(1, 9), item -> cleaningUp(item, cleanedUp));
                done.iterator().next();
              });
          assertEquals(1, cleanedUp.get());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          TaskGroup.run(
              (TaskGroup group) -> {
                asCompleted(List.of(9), item -> cleaningUp(item, cleanedUp));
              });
          assertEquals(2, cleanedUp.get());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void sourceFails_isThrownAfterWhatIsDone() throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new IllegalStateException("broken");
          Iterable<Integer> source =
              () ->
                  IntStream.of(1, 2)
                      .map(
                          i -> {
                            if (i == 2) {
                              throw broken;
                            }
                            return i;
                          })
                      .iterator();
          try (var done = asCompleted(source, item -> item)) {
            var outcomes = done.iterator();
            assertSame(broken, assertThrows(IllegalStateException.class, () -> drain(outcomes)));
          }
        });
  }

  @Test
  void outsideOfEveryScope_worksAndCloseWaits() throws Exception {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    try (var done = asCompleted(List.of(1, 2, 3), item -> item)) {
      done.forEach(outcome -> seen.add(outcome.item()));
    }
    assertEquals(List.of(1, 2, 3), seen.stream().sorted().toList());
  }

  @Test
  void outsideInterrupt_endsTheLoopAsAPlainInterrupt() throws Exception {
    try (var done = asCompleted(List.of(1), item -> slept(1000))) {
      Thread.currentThread().interrupt();
      var thrown = assertThrows(InterruptedException.class, () -> done.iterator().hasNext());
      assertFalse(thrown instanceof CancelledException);
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void tasks_comeInTheOrderOfTheirEndsAndTheRestGoesOn() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> slow = group.start(() -> slept(3));
          Task<Integer> fast = group.start(() -> slept(1));
          Task<Integer> middle = group.start(() -> slept(2));
          List<Task<Integer>> order = new ArrayList<>();
          for (Task<Integer> task : asCompleted(List.of(slow, fast, middle))) {
            order.add(task);
            if (order.size() == 2) {
              break;
            }
          }
          assertEquals(List.of(fast, middle), order);
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(3, slow.await());
        });
  }

  private static void drain(java.util.Iterator<?> outcomes) {
    while (outcomes.hasNext()) {
      outcomes.next();
    }
  }

  private static int slept(int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return seconds;
  }

  /** Takes a second to stop. */
  private static int cleaningUp(int seconds, AtomicInteger cleanedUp) throws InterruptedException {
    try {
      return slept(seconds);
    } catch (CancelledException stopped) {
      Tandem.shield(() -> sleep(ofSeconds(1)));
      throw stopped;
    } finally {
      if (seconds > 1) {
        cleanedUp.incrementAndGet();
      }
    }
  }
}
