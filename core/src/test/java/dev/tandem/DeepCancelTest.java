package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancellation goes down further than a stack reaches. */
final class DeepCancelTest {

  private final CountDownLatch atTheBottom = new CountDownLatch(1);

  @Test
  @Timeout(60)
  void cancel_aVeryDeepTree_reachesTheBottom() throws Exception {
    TaskGroup.run(
        group -> {
          group.start("1", () -> nest(3000));
          assertTrue(atTheBottom.await(30, TimeUnit.SECONDS));
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
