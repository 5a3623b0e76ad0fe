package dev.tandem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever is woken by a cancellation breaks things that others use, a connection first of all: it
 * is closed by the interrupt. What they meet then is no failure, since they are cancelled as well,
 * and have to know it.
 */
@Timeout(30)
final class CancelOrderTest {

  /** Tells when it is closed, and keeps whoever closes it until {@code seen}. */
  private static final class Channel extends AbstractInterruptibleChannel {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch inUse;
    private final CountDownLatch seen;
    private final Queue<String> reasons = new ConcurrentLinkedQueue<>();

    Channel(int others) {
      inUse = new CountDownLatch(1 + others);
      seen = new CountDownLatch(others);
    }

    @Override
    protected void implCloseChannel() {
      closed.countDown();
      await(seen);
    }

    void use() throws Exception {
      boolean completed = false;
      begin();
      try {
        inUse.countDown();
        await(closed);
        completed = true;
      } finally {
        end(completed);
      }
    }
  }

  /** Waits as foreign code may, that takes no notice of interrupts. */
  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    for (boolean done = false; !done; ) {
      try {
        assertTrue(latch.await(10, SECONDS));
        done = true;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void useToo(Channel channel) throws InterruptedException {
    channel.inUse.countDown();
    await(channel.closed);
    try {
      Tandem.checkpoint();
    } catch (CancelledException stopped) {
      channel.reasons.add(stopped.cancellation().reason());
      throw stopped;
    } finally {
      channel.seen.countDown();
    }
  }

  @Test
  void cancel_aTaskBreaksWhatItsSiblingUses_theSiblingIsCancelledAlready() throws Exception {
    var channel = new Channel(2);
    TaskGroup.run(
        group -> {
          group.start(() -> useToo(channel));
          group.start(channel::use);
          group.start(() -> useToo(channel));
          await(channel.inUse);
          group.cancel("enough");
        });
    assertEquals(List.of("enough", "enough"), List.copyOf(channel.reasons));
  }

  @Test
  void cancel_theBodyBreaksWhatAChildUses_theChildIsCancelledAlready() throws Exception {
    var channel = new Channel(1);
    Action<Exception> parent =
        () ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start(() -> useToo(channel));
                  channel.use();
                });
    TaskGroup.run(
        root -> {
          Task<?> cancelled = root.start(parent);
          await(channel.inUse);
          cancelled.cancel("enough");
        });
    assertEquals(List.of("enough"), List.copyOf(channel.reasons));
  }
}
