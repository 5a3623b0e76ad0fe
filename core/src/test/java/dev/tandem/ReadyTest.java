package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.testing.VirtualRun;
import dev.tandem.testing.VirtualTime;
import org.junit.jupiter.api.Test;

final class ReadyTest {

  @Test
  void startUntilReady_inTheShieldOfACancelledGroup_saysAtOnceThatTheTaskWasCancelled()
      throws Exception {
    VirtualTime.run(
        root -> {
          GroupAction<InterruptedException> body =
              group -> {
                group.cancel("stop");
                Action<InterruptedException> late =
                    () -> {
                      assertThrows(
                          TaskCancelledException.class,
                          () -> group.startUntilReady("late", ready -> {}));
                      assertEquals(ZERO, VirtualTime.elapsed());
                    };
                assertThrows(CancelledException.class, () -> shield(late));
              };
          TaskGroup.run(body);
        });
  }

  @Test
  void startUntilReady_failsAsTheStarterIsCancelled_bothFailuresAreTold() {
    for (long seed = 0; seed < 40; seed++) {
      VirtualRun seeded = VirtualTime.seed(seed);
      // It depends on the seed which of the two is the cause, and which is suppressed.
      var error =
          assertThrows(
              RuntimeException.class, () -> seeded.run((TaskGroup root) -> startAsASiblingFails()));
      String told = Throwables.getStackTraceAsString(error);
      assertTrue(told.contains("sibling") && told.contains("db down"), told);
    }
  }

  private static void startAsASiblingFails() throws InterruptedException {
    var falls = AsyncEvent.create();
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              "sibling",
              () -> {
                falls.await();
                throw new IllegalStateException("sibling");
              });
          group.startUntilReady(
              "db",
              ready -> {
                sleep(ofSeconds(1));
                falls.set();
                throw new IllegalStateException("db down");
              });
        });
  }
}
