package dev.tandem;

import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A thread that waits for its children is not interrupted; what comes after the wait is. */
final class JoinInterruptTest {

  @Test
  void timeout_passesWhileAGroupWaitsForADeafChild_foreignCodeBehindTheGroupIsInterrupted() {
    var never = new CountDownLatch(1);
    var error =
        assertThrows(
            DeadlineExceededException.class,
            () ->
                timeout(
                    ofMillis(5),
                    (Deadline deadline) -> {
                      TaskGroup.run((TaskGroup group) -> group.start(() -> awaitDeaf(deadline)));
                      never.await();
                      return 0;
                    }));
    assertInstanceOf(InterruptedException.class, error.getCause());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static void awaitDeaf(Deadline deadline) {
    while (!deadline.isExpired()) {
      LockSupport.parkNanos(100_000);
    }
    // Only when the cancellation has done all that it will do to the thread that waits.
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }
}
