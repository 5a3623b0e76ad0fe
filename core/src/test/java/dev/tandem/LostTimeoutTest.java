package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A timeout is a failure, also when it is thrown during a cancellation. */
final class LostTimeoutTest {

  @Test
  void run_timeoutThrownAfterAnInterruptOfOurs_isNotLost() {
    var timedOut = new CountDownLatch(1);
    GroupAction<InterruptedException> body =
        group -> {
          group.start(
              () -> {
                try {
                  timeout(ofMillis(1), () -> sleep(ofSeconds(60)));
                } catch (DeadlineExceededException exceeded) {
                  timedOut.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException stopped) {
                    throw exceeded;
                  }
                }
              });
          timedOut.await();
          group.cancel("stop");
        };
    var failure = assertThrows(TaskGroupException.class, () -> TaskGroup.run(body));
    assertInstanceOf(DeadlineExceededException.class, failure.getCause());
  }
}
