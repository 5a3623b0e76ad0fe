package dev.tandem.benchmarks.queues;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The least that a queue with a lock needs: a ring, one compare-and-set for each put and each take,
 * and one thread that waits at each end. There is room for no third, nobody leaves before it was
 * served, and nothing is ever shut down.
 */
final class LockedRing implements Pipe {

  private static final VarHandle HELD;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(LockedRing.class, "held", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int capacity;

  @SuppressWarnings("unused")
  private volatile boolean held;

  // All below is guarded by it. The length of the ring is a power of two.
  private final @Nullable Integer[] ring;
  private int head;
  private int size;
  private @Nullable Thread putter;
  private @Nullable Thread taker;

  /**
   * An empty queue.
   *
   * @throws IllegalArgumentException when there is no room at all
   */
  LockedRing(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a ring has room for one at least, but not " + capacity);
    }
    this.capacity = capacity;
    ring = new Integer[Integer.highestOneBit(2 * capacity - 1)];
  }

  @Override
  public void put(Integer item) throws InterruptedException {
    check();
    lock();
    while (size == capacity) {
      putter = Thread.currentThread();
      unlock();
      LockSupport.park();
      check();
      lock();
    }
    ring[(head + size) & (ring.length - 1)] = item;
    size++;
    Thread waiting = taker;
    taker = null;
    unlock();
    LockSupport.unpark(waiting);
  }

  @Override
  public Integer take() throws InterruptedException {
    check();
    lock();
    while (size == 0) {
      taker = Thread.currentThread();
      unlock();
      LockSupport.park();
      check();
      lock();
    }
    Integer item = requireNonNull(ring[head]);
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    Thread waiting = putter;
    putter = null;
    unlock();
    LockSupport.unpark(waiting);
    return item;
  }

  private static void check() throws InterruptedException {
    if (Thread.currentThread().isInterrupted() && Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void lock() {
    while (!HELD.compareAndSet(this, false, true)) {
      Thread.onSpinWait();
    }
  }

  private void unlock() {
    HELD.setRelease(this, false);
  }
}
