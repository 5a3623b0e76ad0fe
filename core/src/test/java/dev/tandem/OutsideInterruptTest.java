package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An interrupt from outside that came before the cancellation is still there after it. */
final class OutsideInterruptTest {

  @Test
  void run_bodyFailsWithTheInterruptStillPending_theInterruptOutlivesTheGroup() {
    GroupAction<IOException> body =
        group -> {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted on the way");
        };
    assertThrows(IOException.class, () -> TaskGroup.run(body));
    assertTrue(Thread.interrupted());
  }
}
