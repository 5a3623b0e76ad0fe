package dev.tandem.sync;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.TaskGroup;
import dev.tandem.testing.DeadlockException;
import dev.tandem.testing.VirtualTime;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AsyncSemaphoreTest {

  @Test
  void acquire_tenTasksThreePermits_takesFourRounds() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(3);
          var inside = new AtomicInteger();
          var peak = new AtomicInteger();
          gather(
              IntStream.range(0, 10).boxed().toList(),
              i -> {
                try (var permit = gate.acquire()) {
                  peak.accumulateAndGet(inside.addAndGet(permit.count()), Math::max);
                  sleep(ofSeconds(1));
                  inside.decrementAndGet();
                }
                return i;
              });
          assertEquals(3, peak.get());
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
          assertEquals(new AsyncSemaphore.Statistics(3, 3, 0), gate.statistics());
        });
  }

  @Test
  void acquire_waiters_areServedInOrder() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          List<Integer> order = new ArrayList<>();
          TaskGroup.run(
              group -> {
                Permit held = gate.acquire();
                for (int i = 0; i < 5; i++) {
                  int number = i;
                  group.start(
                      () -> {
                        try (var _ = gate.acquire()) {
                          order.add(number);
                          sleep(ofSeconds(1));
                        }
                      });
                  sleep(ofNanos(1));
                }
                assertEquals(5, gate.statistics().waiting());
                held.close();
              });
          assertEquals(List.of(0, 1, 2, 3, 4), order);
        });
  }

  @Test
  void acquire_headWantsMoreThanThereIs_holdsUpThoseBehindUntilItGivesUp() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(2);
          Permit held = gate.acquire();
          root.start(
              () ->
                  assertThrows(
                      DeadlineExceededException.class,
                      () -> timeout(ofSeconds(2), () -> gate.acquire(2))));
          sleep(ofSeconds(1));
          assertEquals(Optional.empty(), gate.tryAcquire());
          gate.acquire().close();
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          held.close();
        });
  }

  @Test
  void tryAcquire_withATimeLimit_waitsThatLong() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          assertEquals(Optional.empty(), gate.tryAcquire(ofSeconds(3)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(0, gate.statistics().waiting());
          held.close();
          assertTrue(gate.tryAcquire(ofSeconds(3)).isPresent());
        });
  }

  @Test
  void close_twice_givesThePermitBackOnce() throws Exception {
    var gate = AsyncSemaphore.of(2);
    Permit permit = gate.acquire();
    permit.close();
    permit.close();
    assertEquals(2, gate.statistics().available());
  }

  @Test
  void acquire_thatNobodyWillEverSatisfy_isReportedAsDeadlock() {
    assertThrows(
        DeadlockException.class,
        () ->
            VirtualTime.run(
                (TaskGroup root) -> {
                  var gate = AsyncSemaphore.of(1);
                  gate.acquire();
                  gate.acquire();
                }));
  }

  @Test
  void toString_tellsPermitsAndWaiters() throws Exception {
    var gate = AsyncSemaphore.of(5);
    gate.acquire(2);
    assertEquals("AsyncSemaphore[permits 2/5, waiting 0]", gate.toString());
  }

  /** A permit may be handed on, and held for long. */
  @Test
  void acquire_thePermitOutlivesItsThread_nothingOfThatIsHeld() throws Exception {
    var gate = AsyncSemaphore.of(1);
    var handedOn = new AtomicReference<Permit>();
    WeakReference<Object> used = acquireElsewhere(gate, handedOn);
    for (int i = 0; i < 100 && used.get() != null; i++) {
      System.gc();
    }
    assertNull(used.get());
    handedOn.get().close();
    assertEquals(1, gate.statistics().available());
  }

  private static WeakReference<Object> acquireElsewhere(
      AsyncSemaphore gate, AtomicReference<Permit> handedOn) throws InterruptedException {
    var used = new Object();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                handedOn.set(gate.acquire());
              } catch (InterruptedException e) {
                throw new AssertionError(used.toString(), e);
              }
            })
        .join();
    return new WeakReference<>(used);
  }
}
