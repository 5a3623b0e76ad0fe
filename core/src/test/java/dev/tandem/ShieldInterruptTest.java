package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inside a shield there is no cancellation, so an interrupt that comes there is from outside, also
 * when the scope around it was cancelled and has been told.
 */
final class ShieldInterruptTest {

  private static void workIn(String kind) throws Exception {
    Action<InterruptedException> work = () -> sleep(ofMinutes(1));
    switch (kind) {
      case "group" -> TaskGroup.run((TaskGroup inner) -> inner.start(work));
      case "gather" -> Gather.over(List.of(1)).forEach(item -> work.run());
      case "offload" -> Offload.thread().run(work);
      default -> work.run();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep", "group", "gather", "offload"})
  void shield_inACancelledScope_anInterruptFromOutsideEndsTheWork(String kind) throws Exception {
    var told = new AtomicReference<@Nullable Throwable>();
    VirtualTime.run(
        root -> {
          var thread = new AtomicReference<Thread>();
          root.start(
              () -> {
                thread.set(Thread.currentThread());
                TaskGroup.run(
                    (TaskGroup outer) -> {
                      outer.cancel("stop");
                      assertThrows(CancelledException.class, () -> sleep(ofSeconds(1)));
                      shield(
                          ofMinutes(2),
                          () -> {
                            try {
                              workIn(kind);
                            } catch (InterruptedException interrupted) {
                              told.set(interrupted);
                            }
                          });
                    });
              });
          sleep(ofSeconds(5));
          thread.get().interrupt();
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
    assertInstanceOf(InterruptedException.class, told.get());
  }

  @Test
  void shield_interruptNobodyWasToldOf_isStillThereBehindTheCancelledScope() throws Exception {
    TaskGroup.run(
        (TaskGroup outer) -> {
          outer.cancel("stop");
          assertThrows(CancelledException.class, () -> sleep(Duration.ofSeconds(1)));
          assertThrows(
              CancelledException.class, () -> shield(() -> Thread.currentThread().interrupt()));
        });
    assertTrue(Thread.interrupted());
  }
}
