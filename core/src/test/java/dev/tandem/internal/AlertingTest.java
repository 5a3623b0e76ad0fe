package dev.tandem.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Who is next in a line is alerted where that has proved to be in time; never on one processor. */
final class AlertingTest {

  private static final int MANY = 6_400;
  private static final int WAITS = 20_000;
  private static final int LONGEST = 200;
  private static final int LINE = 20;

  private static final boolean SEVERAL_PROCESSORS = Runtime.getRuntime().availableProcessors() > 1;

  private final Alerting alerting = new Alerting();

  @Test
  void turnBefore_nothingKnown_alerts() throws Exception {
    assumeTrue(SEVERAL_PROCESSORS);
    assertTrue(onVirtualThread(this::isAlertedInTime));
  }

  @Test
  void turnBefore_inTimeAgainAndAgain_alertsEachTime() throws Exception {
    assumeTrue(SEVERAL_PROCESSORS);
    assertEquals(MANY, onVirtualThread(() -> inTime(MANY)));
  }

  @Test
  void turnBefore_inVainAgainAndAgain_alertsOneIn64() throws Exception {
    assumeTrue(SEVERAL_PROCESSORS);
    int first = onVirtualThread(() -> inVain(64));
    assertTrue(first < 8, () -> "alerted " + first);
    assertEquals(MANY / 64, onVirtualThread(() -> inVain(MANY)));
  }

  @Test
  void turnBefore_inTimeAfterAll_alertsEachTimeAgain() throws Exception {
    assumeTrue(SEVERAL_PROCESSORS);
    onVirtualThread(() -> inVain(MANY));
    onVirtualThread(() -> inTime(MANY));
    assertEquals(MANY, onVirtualThread(() -> inTime(MANY)));
  }

  @Test
  void turnBefore_oftenInVainAndOftenInTime_alertsLittle() throws Exception {
    int alerted =
        onVirtualThread(
            () -> {
              int both = 0;
              for (int i = 0; i < MANY; i += 7) {
                both += inTime(5) + inVain(2);
              }
              return both;
            });
    assertTrue(alerted < MANY / 16, () -> "alerted " + alerted);
  }

  @Test
  void turnBefore_platformThread_isLeftAlone() {
    assertFalse(isAlertedInTime());
  }

  @Test
  void turnBefore_anotherRuntime_isLeftAlone() throws Exception {
    boolean alerted =
        onVirtualThread(() -> Context.callOn(new ModelRuntime(), context -> isAlertedInTime()));
    assertFalse(alerted);
  }

  @Test
  void turnBefore_waitIsOver_leavesNoMark() throws Exception {
    assertFalse(
        onVirtualThread(
            () -> {
              var waiter = new Waiter();
              waiter.timedOut();
              alerting.turnBefore(waiter);
              return waiter.wasAlertedInTime();
            }));
  }

  /** One alerts and another grants, a little earlier or later each time. */
  @Test
  void await_alertedBeforeWhileAndAfterItIsGranted_alwaysReturns() throws Exception {
    var alerted = new SynchronousQueue<Waiter>();
    var granted = new SynchronousQueue<Waiter>();
    Thread alerter = Thread.ofPlatform().daemon().start(() -> each(alerted, Waiter::alert));
    Thread granter = Thread.ofPlatform().daemon().start(() -> each(granted, this::grant));
    onVirtualThread(
        () -> {
          for (int i = 0; i < WAITS; i++) {
            var waiter = new Waiter();
            assertTrue(alerted.offer(waiter, 10, SECONDS));
            assertTrue(granted.offer(waiter, 10, SECONDS));
            assertTrue(Parking.await(waiter, TaskRuntime.NEVER));
          }
          return WAITS;
        });
    alerter.join();
    granter.join();
  }

  private static void each(SynchronousQueue<Waiter> waiters, Consumer<Waiter> action) {
    try {
      for (int i = 0; i < WAITS; i++) {
        Waiter waiter = waiters.take();
        for (int pause = ThreadLocalRandom.current().nextInt(LONGEST); pause > 0; pause--) {
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

  /** Turns end only when whoever is next has looked in vain and parked again. */
  @Test
  void release_turnsAreLong_alertsTheFirstFewAndServesAll() throws Exception {
    assumeTrue(SEVERAL_PROCESSORS);
    var queue = new PermitQueue(0);
    var line = new ArrayList<Standing>();
    for (int i = 0; i < LINE; i++) {
      line.add(new Standing(queue));
      spinUntil(() -> queue.snapshot().waiting() == line.size() && line.getLast().waiter() != null);
    }
    List<Waiter> waits = line.stream().map(Standing::waiter).toList();
    int alerted = 0;
    for (int i = 0; i < LINE; i++) {
      queue.release(1);
      line.get(i).thread.join();
      if (i + 1 < LINE && isAlerted(waits.get(i + 1))) {
        alerted++;
        spinUntil(waits.get(i + 1)::wasAlertedInVain);
      }
    }
    // The third alert meets with what the second one taught.
    int found = alerted;
    assertTrue(found == 2 || found == 3, () -> "alerted " + found);
    assertEquals(new PermitQueue.Snapshot(0, 0, Long.MAX_VALUE), queue.snapshot());
  }

  /** Somebody who waits for a permit. */
  private static final class Standing {
    final Thread thread;
    volatile @Nullable Context context;

    Standing(PermitQueue queue) {
      thread =
          Thread.startVirtualThread(
              () ->
                  assertDoesNotThrow(
                      () ->
                          Context.call(
                              here -> {
                                context = here;
                                return queue.acquire(1, TaskRuntime.NEVER);
                              })));
    }

    @Nullable Waiter waiter() {
      Context here = context;
      return here == null ? null : here.waiter();
    }
  }

  private static boolean isAlerted(Waiter waiter) {
    return waiter.wasAlertedInTime() || waiter.wasAlertedInVain();
  }

  private static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private boolean isAlertedInTime() {
    return inTime(1) == 1;
  }

  /** How many of so many were alerted, each of which has its turn before it parks again. */
  private int inTime(int times) {
    int alerted = 0;
    for (int i = 0; i < times; i++) {
      var waiter = new Waiter();
      alerting.turnBefore(waiter);
      waiter.signal();
      waiter.lookIfAlerted(Alerting.LOOKS);
      alerted += waiter.wasAlertedInTime() ? 1 : 0;
      alerting.ended(waiter);
    }
    return alerted;
  }

  /** How many of so many were alerted, each of which has its turn when it has parked again. */
  private int inVain(int times) {
    int alerted = 0;
    for (int i = 0; i < times; i++) {
      var waiter = new Waiter();
      alerting.turnBefore(waiter);
      waiter.lookIfAlerted(Alerting.LOOKS);
      waiter.signal();
      alerted += waiter.wasAlertedInVain() ? 1 : 0;
      alerting.ended(waiter);
    }
    return alerted;
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
