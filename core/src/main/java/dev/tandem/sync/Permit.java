package dev.tandem.sync;

import dev.tandem.internal.PermitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What was taken from a semaphore; closing it gives it back, once. */
public final class Permit implements AutoCloseable {

  private static final VarHandle RELEASED;

  static {
    try {
      RELEASED = MethodHandles.lookup().findVarHandle(Permit.class, "released", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PermitQueue queue;
  private final int count;
  private final @Nullable Runnable afterwards;

  @SuppressWarnings("unused")
  private volatile boolean released;

  Permit(PermitQueue queue, int count) {
    this(queue, count, null);
  }

  /** A permit with something more to give back after it. */
  Permit(PermitQueue queue, int count, @Nullable Runnable afterwards) {
    this.queue = queue;
    this.count = count;
    this.afterwards = afterwards;
  }

  /** How many permits this is. */
  public int count() {
    return count;
  }

  /** Gives the permits back to those who wait; further calls do nothing. Any thread may call it. */
  @Override
  public void close() {
    if (RELEASED.compareAndSet(this, false, true)) {
      queue.release(count);
      if (afterwards != null) {
        afterwards.run();
      }
    }
  }

  @Override
  public String toString() {
    return "Permit[" + count + (released ? ", returned]" : "]");
  }
}
