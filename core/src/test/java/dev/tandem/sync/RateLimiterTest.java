package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.internal.LateRuntime;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {

  /** When each of so many tasks, started in this order, was let through. */
  private static List<Long> nanosOf(RateLimiter limiter, int tasks, int weight) throws Exception {
    var times = new ArrayList<Long>();
    TaskGroup.run(
        group -> {
          for (int i = 0; i < tasks; i++) {
            limiter.acquire(weight);
            times.add(VirtualTime.elapsed().toNanos());
          }
        });
    return times;
  }

  @Test
  void acquire_bucket_letsTheBurstThroughAndThenOneAfterTheOther() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.of(10, ofSeconds(1), 3);
          assertEquals(
              List.of(0L, 0L, 0L, 100L, 200L, 300L),
              nanosOf(limiter, 6, 1).stream().map(nanos -> nanos / 1_000_000).toList());
          sleep(ofSeconds(60));
          assertEquals(3, limiter.statistics().available());
          assertTrue(limiter.tryAcquire(3));
          assertFalse(limiter.tryAcquire());
        });
  }

  @Test
  void acquire_rateThatIsNoWholeNumberOfNanoseconds_doesNotDrift() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.of(3, ofNanos(10), 1);
          assertEquals(List.of(0L, 4L, 7L, 10L, 14L, 17L, 20L), nanosOf(limiter, 7, 1));
        });
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.spaced(7, ofSeconds(1));
          List<Long> times = nanosOf(limiter, 7_001, 1);
          assertEquals(ofSeconds(1_000).toNanos(), times.getLast());
        });
  }

  @Test
  void acquire_spaced_keepsTheIntervalAndLetsNothingGather() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.spaced(ofMillis(100));
          limiter.acquire();
          sleep(ofSeconds(10));
          limiter.acquire();
          assertEquals(ofSeconds(10), VirtualTime.elapsed());
          limiter.acquire();
          assertEquals(ofSeconds(10).plusMillis(100), VirtualTime.elapsed());
          sleep(ofMillis(30));
          limiter.acquire(3);
          assertEquals(ofSeconds(10).plusMillis(200), VirtualTime.elapsed());
          limiter.acquire();
          assertEquals(ofSeconds(10).plusMillis(500), VirtualTime.elapsed());
        });
  }

  @Test
  void acquire_weighted_waitsForAsMuch() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.of(10, ofSeconds(1));
          limiter.acquire(8);
          limiter.acquire(5);
          assertEquals(ofMillis(300), VirtualTime.elapsed());
          limiter.acquire(10);
          assertEquals(ofMillis(1300), VirtualTime.elapsed());
        });
  }

  @Test
  void acquire_waiters_areServedInOrderHoweverMuchEachWants() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.of(1, ofSeconds(1), 5);
          limiter.acquire(5);
          var served = new ArrayList<String>();
          int number = 0;
          for (int weight : List.of(3, 1, 2)) {
            Duration pause = ofNanos(++number);
            root.start(
                () -> {
                  sleep(pause);
                  limiter.acquire(weight);
                  served.add(weight + "@" + VirtualTime.elapsed().toSeconds());
                });
          }
          sleep(ofMillis(1));
          RateLimiter.Statistics now = limiter.statistics();
          assertEquals(new RateLimiter.Statistics(0, 3, 6, ofSeconds(7).minusMillis(1)), now);
          assertFalse(limiter.tryAcquire());
          sleep(ofSeconds(4));
          assertFalse(limiter.tryAcquire(), "nobody goes ahead of those who wait");
          sleep(ofSeconds(9));
          assertEquals(List.of("3@3", "1@4", "2@6"), served);
        });
  }

  @Test
  void acquire_cancelled_countsNothingAndThoseBehindMoveUp() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.spaced(ofSeconds(1));
          limiter.acquire();
          var times = new ArrayList<Long>();
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 5; i++) {
            Duration pause = ofNanos(i + 1);
            tasks.add(
                root.start(
                    () -> {
                      sleep(pause);
                      limiter.acquire();
                      times.add(VirtualTime.elapsed().toMillis());
                    }));
          }
          sleep(ofMillis(1500));
          // The first has been let through; of the others the first and the last give up.
          tasks.get(1).cancel("test");
          tasks.get(4).cancel("test");
          assertThrows(TaskCancelledException.class, () -> tasks.get(1).await());
          assertThrows(TaskCancelledException.class, () -> tasks.get(4).await());
          sleep(ofSeconds(60));
          assertEquals(List.of(1000L, 2000L, 3000L), times);
          assertEquals(0, limiter.statistics().wanted());
        });
  }

  @Test
  void tryAcquire_thatCannotComeInTime_isRefusedAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.spaced(ofSeconds(1));
          assertTrue(limiter.tryAcquire(ofNanos(1)));
          assertFalse(limiter.tryAcquire(ofMillis(999)));
          assertEquals(ZERO, VirtualTime.elapsed());
          assertTrue(limiter.tryAcquire(ofSeconds(1)));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          root.start(() -> limiter.acquire());
          sleep(ofNanos(1));
          assertFalse(limiter.tryAcquire(1, ofMillis(1999)));
          assertTrue(limiter.tryAcquire(1, ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void tryAcquire_ofSeveralInTime_waitsForAsManyAndTakesAsMany() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.of(1, ofSeconds(1), 5);
          assertTrue(limiter.tryAcquire(3, ofSeconds(1)));
          assertEquals(2, limiter.statistics().available());
          assertFalse(limiter.tryAcquire(3, ofMillis(999)));
          assertEquals(ZERO, VirtualTime.elapsed());
          assertTrue(limiter.tryAcquire(3, ofSeconds(1)));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertEquals(0, limiter.statistics().available());
          assertFalse(limiter.tryAcquire(3, ofMillis(2999)));
          assertTrue(limiter.tryAcquire(3, ofSeconds(3)));
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
          limiter.acquire();
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void acquire_eachLetThroughLate_theRateIsKept() throws Exception {
    LateRuntime.run(
        ofMillis(3).toNanos(),
        runtime -> {
          var limiter = RateLimiter.spaced(ofMillis(5));
          var times = new ArrayList<Long>();
          for (int i = 0; i < 6; i++) {
            limiter.acquire();
            times.add(Duration.ofNanos(runtime.now()).toMillis());
          }
          assertEquals(List.of(0L, 8L, 13L, 18L, 23L, 28L), times);
        });
  }

  @Test
  void acquire_hundredTasksAtOnce_areLetThroughAtTheExactTimes() throws Exception {
    VirtualTime.run(
        root -> {
          var limiter = RateLimiter.of(1000, ofSeconds(1), 10);
          var times = new ConcurrentLinkedQueue<Long>();
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 100; i++) {
                  group.start(
                      () -> {
                        limiter.acquire();
                        times.add(VirtualTime.elapsed().toMillis());
                      });
                }
              });
          List<Long> expected =
              IntStream.range(0, 100).mapToObj(i -> (long) Math.max(0, i - 9)).toList();
          assertEquals(expected, times.stream().sorted().toList());
        });
  }

  @Test
  void rates_atTheEdgeOfWhatCanBeCounted_doNotOverflow() throws Exception {
    VirtualTime.run(
        root -> {
          var slow = RateLimiter.of(1, Duration.ofSeconds(Long.MAX_VALUE), 1);
          slow.acquire();
          assertFalse(slow.tryAcquire());
          assertFalse(slow.tryAcquire(Duration.ofDays(100_000)));
          var fast = RateLimiter.of(Integer.MAX_VALUE, ofNanos(1));
          fast.acquire(Integer.MAX_VALUE);
          assertEquals(0, fast.statistics().available());
          fast.acquire(Integer.MAX_VALUE);
          assertEquals(ofNanos(1), VirtualTime.elapsed());
          var heavy = RateLimiter.spaced(Duration.ofDays(36_500));
          heavy.acquire(Integer.MAX_VALUE);
          assertFalse(heavy.tryAcquire(Duration.ofDays(36_500)));
          assertEquals(0, heavy.statistics().available());
        });
  }

  @Test
  void acquire_onAnotherClockThanTheOneItWasMadeOn_beginsFull() throws Exception {
    var limiter = RateLimiter.of(2, ofSeconds(1));
    assertEquals(2, limiter.statistics().available());
    VirtualTime.run(
        root -> {
          sleep(ofSeconds(1));
          limiter.acquire(2);
          limiter.acquire();
          assertEquals(ofMillis(1500), VirtualTime.elapsed());
        });
  }

  @Test
  void acquire_weightThatCannotBe_speaksOfTheBurstOnlyWhereThereIsOne() {
    assertEquals(
        "weight must be at least 1, but was 0", refusal(RateLimiter.spaced(ofSeconds(1)), 0));
    assertEquals(
        "weight must be from 1 to 3, the burst, but was 4",
        refusal(RateLimiter.of(3, ofSeconds(1)), 4));
  }

  private static String refusal(RateLimiter limiter, int weight) {
    return assertThrows(IllegalArgumentException.class, () -> limiter.acquire(weight)).getMessage();
  }

  @Test
  void toString_tellsTheRateAndWhoWaits() {
    assertEquals(
        "RateLimiter[5 in PT1S, available 5, waiting 0]",
        RateLimiter.of(5, ofSeconds(1)).toString());
    assertEquals(
        "RateLimiter[1 spaced over PT0.1S, available 1, waiting 0]",
        RateLimiter.spaced(ofMillis(100)).toString());
  }
}
