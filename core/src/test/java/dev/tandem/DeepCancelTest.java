package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancellation goes down further than a stack reaches. */
final class DeepCancelTest {

  private final CountDownLatch atTheBottom = new CountDownLatch(1);

  // Limited generously: thousands of hand-overs from thread to thread, each of which a busy machine
  // delays
  @Test
  @Timeout(300)
  void cancel_aVeryDeepTree_reachesTheBottom() throws Exception {
    TaskGroup.run(
        group -> {
          group.start("1", () -> nest(3000));
          atTheBottom.await();
          group.cancel("stop");
        });
  }

  private void nest(int depth) throws InterruptedException {
    if (depth == 0) {
      atTheBottom.countDown();
      sleep(ofDays(1));
    }
    TaskGroup.run(
        group -> {
          group.start("1", () -> nest(depth - 1));
        });
  }
}
