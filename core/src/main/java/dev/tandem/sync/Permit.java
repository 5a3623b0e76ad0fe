package dev.tandem.sync;

import dev.tandem.internal.PermitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What was taken from a semaphore; closing it gives it back, once. */
public final class Permit implements AutoCloseable {

  /*
   * Of those who close it one gives it back. A compare-and-set would decide that, and, with the
   * object it needs, take two thirds as long as all the rest; so it is left to those who do what is
   * rare. The taker, the thread that took the permit, says that it closes, and then looks whether
   * another thread is here. Others say that they are here, and then look whether the taker closes;
   * if so, they leave it to the taker. One of the two sees the other. When the taker sees another,
   * that one may have looked before, and goes on: then, and between others, a compare-and-set
   * decides.
   *
   * What the taker does are plain reads and writes for a permit that leaves neither the method nor
   * what is compiled into it, as in a try-with-resources, and the compiler leaves out the object.
   */

  private static final VarHandle DECIDED;

  static {
    try {
      DECIDED = MethodHandles.lookup().findVarHandle(Permit.class, "decided", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PermitQueue queue;
  private final int count;
  private final @Nullable Runnable afterwards;

  // Not the thread: a permit that another holds would hold all that the thread does.
  private final long taker = Thread.currentThread().threadId();

  // Volatile, all three: whoever writes one of them reads another one then.
  private volatile boolean closedByTaker;
  private volatile boolean contested;

  @SuppressWarnings("unused")
  private volatile boolean decided;

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
    if (Thread.currentThread().threadId() == taker ? takerIsFirst() : otherIsFirst()) {
      queue.release(count);
      if (afterwards != null) {
        afterwards.run();
      }
    }
  }

  private boolean takerIsFirst() {
    if (closedByTaker) {
      return false;
    }
    closedByTaker = true;
    return !contested || decide();
  }

  private boolean otherIsFirst() {
    contested = true;
    return !closedByTaker && decide();
  }

  private boolean decide() {
    return DECIDED.compareAndSet(this, false, true);
  }

  @Override
  public String toString() {
    return "Permit[" + count + (closedByTaker || decided ? ", returned]" : "]");
  }
}
