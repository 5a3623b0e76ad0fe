package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncCondition;
import dev.tandem.testing.VirtualTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of conditions that are about cancellation. */
final class AsyncioConditionTest {

  private final AsyncCondition condition = AsyncCondition.create();
  private int state;

  @Test
  void await_cancelledBeforeTheSignal_throwsWithTheReason() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> waiter =
              root.start(
                  () -> {
                    try (var _ = condition.lock().lock()) {
                      var told =
                          assertThrows(
                              CancelledException.class, () -> condition.await(() -> false));
                      assertTrue(told.getMessage().contains("foo"), told.getMessage());
                    }
                  });
          sleep(ofSeconds(1));
          waiter.cancel("foo");
        });
  }

  @Test
  void await_cancelledWhileItTakesTheLockAgain_returnsAndTheNextWaitThrowsWithTheReason()
      throws Exception {
    VirtualTime.run(
        root -> {
          var wake = new AtomicBoolean();
          Task<?> waiter =
              root.start(
                  () -> {
                    try (var _ = condition.lock().lock()) {
                      condition.await(wake::get);
                      var told = assertThrows(CancelledException.class, () -> sleep(ZERO));
                      assertTrue(told.getMessage().contains("foo"), told.getMessage());
                    }
                  });
          sleep(ofSeconds(1));
          try (var _ = condition.lock().lock()) {
            wake.set(true);
            condition.signal();
            sleep(ofSeconds(1));
            waiter.cancel("foo");
          }
        });
  }

  private Task<?> startConsumer(TaskGroup group) throws InterruptedException {
    Task<?> consumer =
        group.start(
            () -> {
              try (var _ = condition.lock().lock()) {
                while (true) {
                  condition.await(() -> state != 0);
                  if (state < 0) {
                    return;
                  }
                  state--;
                  condition.signalAll();
                }
              }
            });
    sleep(ofSeconds(1));
    return consumer;
  }

  /** gh-112202: the signal and the cancellation come in the same moment. */
  @Test
  void cancel_whoHasJustBeenSignalled_theItemIsConsumed() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> first = startConsumer(root);
          startConsumer(root);
          try (var _ = condition.lock().lock()) {
            state++;
            condition.signal();
            first.cancel("test");
            assertTrue(condition.await(() -> state == 0, ofSeconds(1)));
            state = -1;
            condition.signalAll();
          }
        });
  }

  /** gh-112202: the cancellation comes while the one that was signalled waits for the lock. */
  @Test
  void cancel_whoWasSignalledAndWaitsForTheLock_theItemIsConsumed() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> first = startConsumer(root);
          startConsumer(root);
          try (var _ = condition.lock().lock()) {
            state++;
            condition.signal();
            sleep(ofSeconds(1));
            first.cancel("test");
            assertTrue(condition.await(() -> state == 0, ofSeconds(1)));
            state = -1;
            condition.signalAll();
          }
        });
  }

  /** The other order: who is cancelled first is passed over. */
  @Test
  void cancel_whoIsSignalledNext_theSignalGoesToTheOneBehind() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> first = startConsumer(root);
          startConsumer(root);
          try (var _ = condition.lock().lock()) {
            state++;
            first.cancel("test");
            condition.signal();
            assertTrue(condition.await(() -> state == 0, ofSeconds(1)));
            assertEquals(0, state);
            state = -1;
            condition.signalAll();
          }
        });
  }
}
