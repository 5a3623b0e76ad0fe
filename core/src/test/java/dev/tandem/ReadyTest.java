package dev.tandem;

import static dev.tandem.Tandem.shield;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
