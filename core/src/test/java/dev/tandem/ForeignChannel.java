package dev.tandem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CountDownLatch;

/** A channel of somebody else: an interrupt closes it, which runs code on the interrupter. */
final class ForeignChannel extends AbstractInterruptibleChannel {

  final CountDownLatch inUse = new CountDownLatch(1);
  final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable whenClosed;

  ForeignChannel(Runnable whenClosed) {
    this.whenClosed = whenClosed;
  }

  @Override
  protected void implCloseChannel() {
    closed.countDown();
    whenClosed.run();
  }

  /** Blocks until it is closed. */
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

  /** Waits as foreign code may, that takes no notice of interrupts. */
  static void await(CountDownLatch latch) {
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
}
