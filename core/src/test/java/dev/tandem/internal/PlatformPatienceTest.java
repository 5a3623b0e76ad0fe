package dev.tandem.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A platform thread looks a while before it parks; whoever ends the wait meanwhile wakes nobody.
 */
final class PlatformPatienceTest {

  private static final int WAITS = 20_000;
  private static final int LONGEST = 600;

  @Test
  @Timeout(60)
  void await_signalledBeforeWhileAndAfterItLooks_alwaysReturns() throws Exception {
    var waiters = new SynchronousQueue<Waiter>();
    var granter = Thread.ofPlatform().daemon().start(() -> grant(waiters));
    for (int i = 0; i < WAITS; i++) {
      var waiter = new Waiter();
      assertTrue(waiters.offer(waiter, 10, SECONDS));
      assertTrue(Parking.await(waiter, TaskRuntime.NEVER));
    }
    granter.join();
  }

  /** Signals each a little later than the one before, and then from the beginning. */
  private static void grant(SynchronousQueue<Waiter> waiters) {
    try {
      for (int i = 0; i < WAITS; i++) {
        Waiter waiter = waiters.take();
        for (int pause = i % LONGEST; pause > 0; pause--) {
          Thread.onSpinWait();
        }
        waiter.signal();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
