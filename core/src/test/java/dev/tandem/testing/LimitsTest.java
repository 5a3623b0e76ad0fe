package dev.tandem.testing;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.LogCapture;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A program in virtual time that would never end is ended, and told of. */
final class LimitsTest {

  private static void forEver() throws InterruptedException {
    while (true) {
      sleep(ofHours(1));
    }
  }

  @Test
  void run_loopWithoutEnd_endsAtTheHorizon() {
    List<Duration> ends = new ArrayList<>();
    var told =
        assertThrows(
            VirtualTimeLimitException.class,
            () ->
                VirtualTime.run(
                    (TaskGroup group) -> {
                      group.start("clock", () -> forEver());
                      try {
                        forEver();
                      } finally {
                        ends.add(VirtualTime.elapsed());
                      }
                    }));
    assertEquals(List.of(ofDays(365)), ends);
    String message = String.valueOf(told.getMessage());
    assertTrue(message.startsWith("virtual time would go past its horizon of 365 days"), message);
    assertTrue(message.contains("clock"), message);
  }

  @Test
  void horizon_later_isReached() throws Exception {
    VirtualTime.horizon(ofDays(1000)).run((TaskGroup group) -> sleep(ofDays(1000)));
    assertThrows(
        VirtualTimeLimitException.class,
        () ->
            VirtualTime.horizon(ofDays(1000))
                .run((TaskGroup group) -> sleep(ofDays(1000).plusNanos(1))));
  }

  @Test
  void horizon_passed_cleanUpMayTakeTime() throws Exception {
    List<Duration> ends = new ArrayList<>();
    assertThrows(
        VirtualTimeLimitException.class,
        () ->
            VirtualTime.horizon(ofSeconds(10))
                .run(
                    (TaskGroup group) -> {
                      try {
                        sleep(ofSeconds(11));
                      } finally {
                        shield(
                            () -> {
                              sleep(ofSeconds(5));
                              ends.add(VirtualTime.elapsed());
                            });
                      }
                    }));
    assertEquals(List.of(ofSeconds(5)), ends);
  }

  @Test
  void run_daemonWithoutEnd_doesNotKeepItAlive() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.startDaemon("clock", () -> forEver());
          sleep(ofSeconds(90));
        });
  }

  @Test
  void realTime_blockedOutsideTandem_isToldWhere() {
    var never = new CountDownLatch(1);
    var told =
        assertThrows(
            VirtualTimeLimitException.class,
            () ->
                VirtualTime.realTime(ofMillis(100))
                    .run((TaskGroup group) -> group.start("stuck", () -> never.await())));
    String message = String.valueOf(told.getMessage());
    assertTrue(message.startsWith("the program has taken more than 0.1 s of real time"), message);
    assertTrue(message.contains("stuck is in"), message);
    assertTrue(message.contains("CountDownLatch.await"), message);
  }

  @Test
  void run_spinsForAnother_isToldOfAndTheOtherGetsItsTurn() throws Exception {
    try (var log = new LogCapture("dev.tandem.testing")) {
      var other = new AtomicBoolean();
      VirtualTime.run(
          (TaskGroup group) -> {
            group.start("spinner", () -> spinUntil(other::get));
            group.start("other", () -> other.set(true));
          });
      String message = log.messages().getFirst();
      assertTrue(message.contains("virtual time has stood still"), message);
      assertTrue(message.contains("spinner is in"), message);
      assertTrue(message.contains("spinUntil"), message);
    }
  }

  private static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void limits_badArguments_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> VirtualTime.horizon(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> VirtualTime.realTime(ofSeconds(-1)));
    assertThrows(NullPointerException.class, () -> VirtualTime.horizon(null));
    assertThrows(NullPointerException.class, () -> VirtualTime.realTime(null));
  }
}
