package dev.tandem.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Who is next in a line is roused where that has proved to be in time. */
final class RousingTest {

  private static final int MANY = 6_400;
  private static final int WAITS = 20_000;
  private static final int LONGEST = 200;

  private final Rousing rousing = new Rousing();

  @BeforeAll
  static void severalProcessors() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "with one, nobody is roused");
  }

  @Test
  void turnBefore_nothingKnown_rouses() throws Exception {
    assertTrue(onVirtualThread(this::isRousedInTime));
  }

  @Test
  void turnBefore_inTimeAgainAndAgain_rousesEachTime() throws Exception {
    assertEquals(MANY, onVirtualThread(() -> inTime(MANY)));
  }

  @Test
  void turnBefore_inVainAgainAndAgain_rousesOneIn64() throws Exception {
    int first = onVirtualThread(() -> inVain(64));
    assertTrue(first < 8, () -> "roused " + first);
    assertEquals(MANY / 64, onVirtualThread(() -> inVain(MANY)));
  }

  @Test
  void turnBefore_inTimeAfterAll_rousesEachTimeAgain() throws Exception {
    onVirtualThread(() -> inVain(MANY));
    onVirtualThread(() -> inTime(MANY));
    assertEquals(MANY, onVirtualThread(() -> inTime(MANY)));
  }

  @Test
  void turnBefore_oftenInVainAndOftenInTime_rousesLittle() throws Exception {
    int roused =
        onVirtualThread(
            () -> {
              int both = 0;
              for (int i = 0; i < MANY; i += 2) {
                both += inTime(1) + inVain(1);
              }
              return both;
            });
    assertTrue(roused < MANY / 16, () -> "roused " + roused);
  }

  @Test
  void turnBefore_platformThread_isLeftAlone() {
    assertFalse(isRousedInTime());
  }

  @Test
  void turnBefore_anotherRuntime_isLeftAlone() throws Exception {
    boolean roused =
        onVirtualThread(() -> Context.callOn(new ModelRuntime(), context -> isRousedInTime()));
    assertFalse(roused);
  }

  @Test
  void turnBefore_waitIsOver_wakesNobody() throws Exception {
    assertFalse(
        onVirtualThread(
            () -> {
              var waiter = new Waiter();
              waiter.timedOut();
              rousing.turnBefore(waiter);
              return waiter.wasRousedInTime();
            }));
  }

  /** One rouses and another grants, a little earlier or later each time. */
  @Test
  @Timeout(60)
  void await_rousedBeforeWhileAndAfterItIsGranted_alwaysReturns() throws Exception {
    var roused = new SynchronousQueue<Waiter>();
    var granted = new SynchronousQueue<Waiter>();
    Thread rouser = Thread.ofPlatform().daemon().start(() -> each(roused, 7, Waiter::rouse));
    Thread granter = Thread.ofPlatform().daemon().start(() -> each(granted, 13, this::grant));
    onVirtualThread(
        () -> {
          for (int i = 0; i < WAITS; i++) {
            var waiter = new Waiter();
            assertTrue(roused.offer(waiter, 10, SECONDS));
            assertTrue(granted.offer(waiter, 10, SECONDS));
            assertTrue(Parking.await(waiter, TaskRuntime.NEVER));
          }
          return WAITS;
        });
    rouser.join();
    granter.join();
  }

  private static void each(SynchronousQueue<Waiter> waiters, int step, Consumer<Waiter> action) {
    try {
      for (int i = 0; i < WAITS; i++) {
        Waiter waiter = waiters.take();
        for (int pause = i * step % LONGEST; pause > 0; pause--) {
          Thread.onSpinWait();
        }
        action.accept(waiter);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void grant(Waiter waiter) {
    waiter.claim();
    waiter.wake();
  }

  private boolean isRousedInTime() {
    return inTime(1) == 1;
  }

  /** How many of so many were roused, each of which has its turn before it parks again. */
  private int inTime(int times) {
    int roused = 0;
    for (int i = 0; i < times; i++) {
      var waiter = new Waiter();
      rousing.turnBefore(waiter);
      waiter.signal();
      waiter.lookIfRoused(Rousing.LOOKS);
      roused += waiter.wasRousedInTime() ? 1 : 0;
      rousing.turnOf(waiter);
    }
    return roused;
  }

  /** How many of so many were roused, each of which has its turn when it has parked again. */
  private int inVain(int times) {
    int roused = 0;
    for (int i = 0; i < times; i++) {
      var waiter = new Waiter();
      rousing.turnBefore(waiter);
      waiter.lookIfRoused(Rousing.LOOKS);
      waiter.signal();
      roused += waiter.wasRousedInVain() ? 1 : 0;
      rousing.turnOf(waiter);
    }
    return roused;
  }

  private static <T> T onVirtualThread(ThrowingSupplier<T> body) throws Exception {
    var result = new CompletableFuture<T>();
    Thread.startVirtualThread(
        () -> {
          try {
            result.complete(body.get());
          } catch (Throwable failed) {
            result.completeExceptionally(failed);
          }
        });
    return result.get();
  }
}
