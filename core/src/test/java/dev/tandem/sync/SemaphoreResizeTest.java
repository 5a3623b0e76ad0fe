package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Semaphores whose size changes, and that are closed, while they are in use. */
final class SemaphoreResizeTest {

  @Test
  void resize_toMore_servesThoseWhoWaitAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          for (int i = 0; i < 3; i++) {
            root.start(
                () -> {
                  try (var _ = gate.acquire()) {
                    sleep(ofSeconds(1));
                  }
                });
          }
          sleep(ofSeconds(5));
          assertEquals(new AsyncSemaphore.Statistics(1, 0, 3), gate.statistics());
          gate.resize(3);
          assertEquals(new AsyncSemaphore.Statistics(3, 0, 1), gate.statistics());
          held.close();
          sleep(ofSeconds(2));
          assertEquals(new AsyncSemaphore.Statistics(3, 3, 0), gate.statistics());
        });
  }

  @Test
  void resize_toFewer_thePermitsThatAreOutComeBackFirst() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(4);
          Permit three = gate.acquire(3);
          Permit one = gate.acquire();
          gate.resize(2);
          assertEquals(new AsyncSemaphore.Statistics(2, -2, 0), gate.statistics());
          assertEquals(4, gate.statistics().taken());
          assertEquals(Optional.empty(), gate.tryAcquire());
          one.close();
          assertEquals(Optional.empty(), gate.tryAcquire());
          var got = new CopyOnWriteArrayList<Long>();
          for (int i = 0; i < 3; i++) {
            root.start(
                () -> {
                  try (var _ = gate.acquire()) {
                    got.add(VirtualTime.elapsed().toSeconds());
                    sleep(ofSeconds(1));
                  }
                });
          }
          sleep(ofSeconds(3));
          three.close();
          sleep(ofSeconds(5));
          assertEquals(List.of(3L, 3L, 4L), got);
          assertEquals(new AsyncSemaphore.Statistics(2, 2, 0), gate.statistics());
        });
  }

  @Test
  void resize_belowWhatSomebodyWaitsFor_thatOneIsToldAndThoseBehindGoOn() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of("lab", 5);
          Permit held = gate.acquire(3);
          var tooMany =
              root.start(() -> assertThrows(TooFewPermitsException.class, () -> gate.acquire(4)));
          sleep(ofSeconds(1));
          var behind = root.start(() -> gate.acquire(2));
          sleep(ofSeconds(1));
          gate.resize(3);
          TooFewPermitsException told = tooMany.await();
          assertEquals(4, told.wanted());
          assertEquals(3, told.permits());
          assertTrue(told.getMessage().contains("AsyncSemaphore 'lab'"), told.getMessage());
          assertEquals(new AsyncSemaphore.Statistics(3, 0, 1), gate.statistics());
          held.close();
          behind.await().close();
          assertEquals(new AsyncSemaphore.Statistics(3, 3, 0), gate.statistics());
        });
  }

  @Test
  void acquire_moreThanThereAreSinceAResize_isRefusedAtTheDoor() throws Exception {
    var gate = AsyncSemaphore.of(5);
    gate.resize(2);
    assertThrows(IllegalArgumentException.class, () -> gate.acquire(3));
    gate.resize(3);
    gate.acquire(3).close();
  }

  @Test
  void close_tellsThoseWhoWaitAndThoseWhoComeLater_andTakesPermitsBack() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of("hosts", 1);
          Permit held = gate.acquire();
          var waiter = root.start(() -> assertThrows(ClosedException.class, gate::acquire));
          var timed =
              root.start(
                  () -> assertThrows(ClosedException.class, () -> gate.tryAcquire(ofSeconds(9))));
          sleep(ofSeconds(1));
          assertFalse(gate.isClosed());
          gate.close();
          assertTrue(gate.isClosed());
          assertEquals("AsyncSemaphore 'hosts'", waiter.await().closed());
          timed.await();
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          held.close();
          assertEquals(new AsyncSemaphore.Statistics(1, 1, 0), gate.statistics());
          assertThrows(ClosedException.class, gate::acquire);
          assertThrows(ClosedException.class, gate::tryAcquire);
          assertThrows(ClosedException.class, () -> gate.tryAcquire(ofSeconds(1)));
          assertThrows(ClosedException.class, () -> gate.run(() -> 1));
          gate.close();
          gate.resize(7);
          assertThrows(ClosedException.class, gate::acquire);
          assertEquals("AsyncSemaphore 'hosts'[permits 0/7, waiting 0, closed]", gate.toString());
        });
  }

  @Test
  void run_returnsWhatTheBodyReturns_andGivesThePermitBack() throws Exception {
    var gate = AsyncSemaphore.of(1);
    assertEquals(0, gate.<Integer, Exception>run(() -> gate.statistics().available()));
    assertThrows(
        IllegalStateException.class,
        () ->
            gate.run(
                () -> {
                  throw new IllegalStateException("expected");
                }));
    assertEquals(1, gate.statistics().available());
  }

  @Test
  void tryAcquire_several_takesAllOrNone() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(3);
          Permit two = gate.tryAcquire(2).orElseThrow();
          assertEquals("Permit[2]", two.toString());
          assertEquals(Optional.empty(), gate.tryAcquire(2));
          assertEquals(Optional.empty(), gate.tryAcquire(2, ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          two.close();
          assertEquals("Permit[2, returned]", two.toString());
          assertEquals(3, gate.tryAcquire(3, ofSeconds(2)).orElseThrow().count());
        });
  }
}
