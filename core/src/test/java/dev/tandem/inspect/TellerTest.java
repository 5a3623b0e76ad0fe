package dev.tandem.inspect;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.LogCapture;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.internal.RealRuntime;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.KeyedSemaphore;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TellerTest {

  /** Counts, for each task, how often it was told of its life. */
  private static final class Counts implements TaskObserver {
    final AtomicInteger spawned = new AtomicInteger();
    final Map<Long, Integer> ends = new ConcurrentHashMap<>();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    @Override
    public void taskSpawned(Duration at, ObservedTask task) {
      spawned.incrementAndGet();
    }

    @Override
    public void taskEnded(
        Duration at, ObservedTask task, TaskState end, Optional<Throwable> thrown) {
      ends.merge(task.id(), 1, Integer::sum);
    }

    @Override
    public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
      waiting.incrementAndGet();
    }

    @Override
    public void waitEnded(Duration at, ObservedTask task, ObservedWait wait, WaitEnd end) {
      waiting.decrementAndGet();
    }

    @Override
    public void scopeOpened(Duration at, ObservedScope scope) {
      open.incrementAndGet();
    }

    @Override
    public void scopeClosed(Duration at, ObservedScope scope) {
      open.decrementAndGet();
    }
  }

  @Test
  void teller_afterAProgramOfAllKinds_keepsNothingAndHasToldEachEndOnce() throws Exception {
    var counts = new Counts();
    var teller = new Teller(counts);
    RealRuntime.INSTANCE.addObserver(teller);
    try {
      for (int round = 0; round < 50; round++) {
        program(round);
      }
    } finally {
      RealRuntime.INSTANCE.removeObserver(teller);
    }
    assertEquals(0, teller.size());
    assertEquals(0, counts.waiting.get());
    assertEquals(0, counts.open.get());
    assertEquals(counts.spawned.get(), counts.ends.size());
    assertTrue(counts.ends.values().stream().allMatch(times -> times == 1));
  }

  @Test
  void observation_closedDuringAWait_tellsNothingOfItsEnd() throws Exception {
    var notes = new Notes();
    var event = AsyncEvent.create();
    VirtualTime.run(
        (TaskGroup group) -> {
          try (var _ = Observation.of(notes)) {
            group.start("waits", () -> event.await());
            sleep(ofSeconds(1));
          }
          List<String> told = notes.about("waits");
          event.set();
          sleep(ofSeconds(1));
          assertEquals(told, notes.about("waits"));
        });
  }

  @Test
  void wait_forAKeyWithoutWords_isToldAllTheSame() throws Exception {
    var silent =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no words");
          }
        };
    var semaphore = KeyedSemaphore.<Object>of(1);
    var notes = new Notes();
    try (var log = new LogCapture("dev.tandem.inspect");
        var _ = semaphore.acquire(silent)) {
      VirtualTime.observedBy(notes)
          .run(
              (TaskGroup group) -> {
                group.start("waits", () -> semaphore.tryAcquire(silent, ofSeconds(1)));
              });
      assertEquals(0, log.records().size());
      assertEquals(5, notes.about("waits").size(), notes.about("waits").toString());
    }
  }

  private static void program(int round) throws InterruptedException {
    Gather.over(IntStream.range(0, 50).boxed().toList())
        .limit(7)
        .timeout(ofMillis(1))
        .outcomes(
            item -> {
              sleep(ofNanos(1 + 40_000L * item));
              return item;
            });
    TaskGroup.run(
        (TaskGroup group) -> {
          Task<?> nap = group.start("nap", () -> sleep(ofSeconds(60)));
          nap.whenDone(outcome -> inScope());
          group.startDaemon("daemon", () -> sleep(ofSeconds(60)));
          sleep(ofNanos(1 + 10_000L * round));
          nap.cancel("enough");
          try (var doubled = AsyncIterator.of(1, 2, 3).mapConcurrent(2, item -> 2 * item)) {
            for (int item : doubled) {
              if (item == 4) {
                break;
              }
            }
          }
        });
    moveOnAfter(ofNanos(1 + 1_000L * round), () -> sleep(ofMillis(1)));
  }

  private static void inScope() {
    try {
      moveOnAfter(ofSeconds(1), () -> {});
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
