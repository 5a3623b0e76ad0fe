package dev.tandem.sync;

import dev.tandem.internal.PermitQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What was taken from an {@link AsyncSemaphore}; closing it gives it back, once. */
public final class Permit implements AutoCloseable {

  private final PermitQueue queue;
  private final int count;
  private final AtomicBoolean released = new AtomicBoolean();

  Permit(PermitQueue queue, int count) {
    this.queue = queue;
    this.count = count;
  }

  /** How many permits this is. */
  public int count() {
    return count;
  }

  /** Gives the permits back to those who wait; further calls do nothing. Any thread may call it. */
  @Override
  public void close() {
    if (released.compareAndSet(false, true)) {
      queue.release(count);
    }
  }
}
