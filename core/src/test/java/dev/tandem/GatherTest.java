package dev.tandem;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.gatherOutcomes;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GatherTest {

  @Test
  void gather_fiftySleepers_takesTheTimeOfOneAndKeepsTheOrder() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> results =
              gather(
                  numbers(50),
                  i -> {
                    sleep(ofSeconds(2).minusMillis(i));
                    return i * 2;
                  });
          assertEquals(numbers(50).stream().map(i -> i * 2).toList(), results);
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void gather_severalWorks_givesTheirResultsInOrder() throws Exception {
    assertEquals(List.of("a", "b", "c"), gather(() -> "a", () -> "b", () -> "c"));
  }

  @Test
  void gather_oneFails_throwsItAsItselfAndCancelsTheRest() throws Exception {
    VirtualTime.run(
        root -> {
          var gone = new IOException("gone");
          var cancelled = new AtomicInteger();
          var error =
              assertThrows(
                  IOException.class,
                  () ->
                      gather(
                          numbers(10),
                          i -> {
                            try {
                              sleep(ofSeconds(i + 1));
                            } catch (CancelledException stopped) {
                              cancelled.incrementAndGet();
                              throw stopped;
                            }
                            if (i == 3) {
                              throw gone;
                            }
                            return i;
                          }));
          assertSame(gone, error);
          assertEquals(6, cancelled.get());
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
        });
  }

  @Test
  void gather_severalFailAtOnce_suppressesTheOthersWithTheirPaths() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IOException.class,
                  () ->
                      Gather.over(numbers(3))
                          .name("check")
                          .run(
                              i -> {
                                try {
                                  sleep(ofSeconds(1));
                                } finally {
                                  failing(i);
                                }
                                return i;
                              }));
          assertEquals(2, error.getSuppressed().length);
          assertTrue(error.getSuppressed()[0].getMessage().startsWith("check#"));
        });
  }

  @Test
  void gather_sameExceptionThrownTwice_isThrownOnce() {
    var shared = new IllegalStateException("shared");
    var error =
        assertThrows(
            IllegalStateException.class,
            () ->
                gather(
                    numbers(5),
                    i -> {
                      throw shared;
                    }));
    assertSame(shared, error);
    assertEquals(0, error.getSuppressed().length);
  }

  @Test
  void gatherOutcomes_someFail_keepsEachBesideItsItem() throws Exception {
    List<Outcome<Integer, Integer>> outcomes =
        gatherOutcomes(
            numbers(4),
            i -> {
              if (i % 2 == 1) {
                failing(i);
              }
              return i * 10;
            });
    assertEquals(new Success<>(0, 0), outcomes.get(0));
    assertEquals(new Success<>(2, 20), outcomes.get(2));
    var failure = assertInstanceOf(Failure.class, outcomes.get(3));
    assertEquals(3, failure.item());
    assertEquals("no 3", failure.error().getMessage());
  }

  @Test
  void outcomes_underALimit_neverExceedItAndTakeTheExactTime() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          var peak = new AtomicInteger();
          var outcomes =
              Gather.over(numbers(100))
                  .limit(10)
                  .outcomes(
                      i -> {
                        peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                        sleep(ofSeconds(1));
                        running.decrementAndGet();
                        return i;
                      });
          assertEquals(100, outcomes.size());
          assertEquals(10, peak.get());
          assertEquals(ofSeconds(10), VirtualTime.elapsed());
        });
  }

  @Test
  void outcomes_withATimeoutEach_failsTheSlowOnesAlone() throws Exception {
    VirtualTime.run(
        root -> {
          var outcomes =
              Gather.over(numbers(4))
                  .limit(2)
                  .timeout(ofSeconds(5))
                  .outcomes(
                      i -> {
                        sleep(i == 1 ? ofSeconds(60) : ofSeconds(1));
                        return i;
                      });
          assertEquals(List.of(true, false, true, true), successes(outcomes));
          var late = assertInstanceOf(Failure.class, outcomes.get(1));
          var error = assertInstanceOf(DeadlineExceededException.class, late.error());
          assertEquals("timeout in item#1", error.owner());
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void run_withATimeoutEach_throwsTheDeadlineOfTheSlowOne() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    Gather.over(numbers(3))
                        .timeout(ofSeconds(1))
                        .run(
                            i -> {
                              sleep(ofSeconds(i));
                              return i;
                            })));
  }

  @Test
  void run_cancelledFromAround_throwsCancelledAndLeavesNothingBehind() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  Tandem.timeout(
                      ofSeconds(1),
                      () ->
                          gatherOutcomes(
                              numbers(20),
                              i -> {
                                running.incrementAndGet();
                                try {
                                  sleep(ofSeconds(60));
                                } finally {
                                  running.decrementAndGet();
                                }
                                return i;
                              })));
          assertEquals(0, running.get());
        });
  }

  @Test
  void run_everyItemDoneWhenTheDeadlinePasses_returnsTheResults() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> results =
              Tandem.timeout(
                  ofSeconds(1),
                  () ->
                      gather(
                          numbers(3),
                          i -> {
                            try {
                              sleep(ofSeconds(60));
                            } catch (CancelledException ignored) {
                              return -i;
                            }
                            return i;
                          }));
          assertEquals(List.of(0, -1, -2), results);
        });
  }

  @Test
  void run_itemLeavesItsInterruptFlagSet_theNextItemOnThatThreadDoesNotSeeIt() throws Exception {
    var seen = ConcurrentHashMap.<Boolean>newKeySet();
    Gather.over(numbers(1000))
        .limit(2)
        .run(
            i -> {
              seen.add(Thread.currentThread().isInterrupted());
              Thread.currentThread().interrupt();
              return i;
            });
    assertFalse(seen.contains(true));
  }

  @Test
  void run_itemsWaitForEachOther_allRunAtOnce() throws Exception {
    var arrived = new AtomicInteger();
    gather(
        numbers(200),
        i -> {
          arrived.incrementAndGet();
          while (arrived.get() < 200) {
            Thread.sleep(1);
          }
          return i;
        });
    assertEquals(200, arrived.get());
  }

  @Test
  void run_shortItems_takeFarFewerThreadsThanItems() throws Exception {
    var threads = ConcurrentHashMap.<Thread>newKeySet();
    gather(
        numbers(10_000),
        i -> {
          threads.add(Thread.currentThread());
          return i;
        });
    assertTrue(threads.size() < 5_000, threads.size() + " threads for 10,000 empty items");
  }

  @Test
  void currentPath_inAnItem_namesTheItem() throws Exception {
    assertEquals(
        List.of("check#0", "check#1"),
        Gather.over(numbers(2)).name("check").run(i -> Tandem.currentPath()));
  }

  @Test
  void outcome_ofEachKind_isTakenApartByPattern() throws Exception {
    var outcomes = gatherOutcomes(List.of("up", "down"), host -> check(host));
    var lines =
        outcomes.stream()
            .map(
                outcome ->
                    switch (outcome) {
                      case Success(var host, var status) -> host + ": " + status;
                      case Failure(var host, var error) -> host + ": " + error.getMessage();
                      case Cancelled(var host, var why) -> host + ": not asked, " + why;
                    })
            .toList();
    assertEquals(List.of("up: ok", "down: no answer"), lines);
  }

  private static String check(String host) throws IOException {
    if (host.equals("down")) {
      throw new IOException("no answer");
    }
    return "ok";
  }

  private static void failing(int i) throws IOException {
    throw new IOException("no " + i);
  }

  private static List<Boolean> successes(List<? extends Outcome<?, ?>> outcomes) {
    return outcomes.stream().map(Outcome::isSuccess).toList();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
