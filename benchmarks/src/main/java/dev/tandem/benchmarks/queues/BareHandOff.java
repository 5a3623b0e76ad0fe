package dev.tandem.benchmarks.queues;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The least that two threads need to hand items on: a ring for one that puts and one that takes,
 * two counters, and a thread that parks when it can go no further. Nobody can be cancelled, there
 * is room for no third, and nothing is ever shut down.
 */
final class BareHandOff implements Pipe {

  private final @Nullable Integer[] ring;
  private final boolean meets;

  // Volatile: each is written by one of the two and read by the other.
  private volatile long put;
  private volatile long taken;
  private volatile @Nullable Thread putter;
  private volatile @Nullable Thread taker;

  /**
   * A hand-off with so much room.
   *
   * @param capacity 0 for a rendezvous, in which a put waits for its take
   */
  BareHandOff(int capacity) {
    ring = new Integer[Math.max(1, capacity)];
    meets = capacity == 0;
  }

  @Override
  public void put(Integer item) {
    long number = put;
    awaitTaken(number - ring.length);
    ring[place(number)] = item;
    put = number + 1;
    LockSupport.unpark(taker);
    if (meets) {
      awaitTaken(number);
    }
  }

  @Override
  public Integer take() {
    long number = taken;
    awaitPut(number);
    Integer item = requireNonNull(ring[place(number)]);
    ring[place(number)] = null;
    taken = number + 1;
    LockSupport.unpark(putter);
    return item;
  }

  private void awaitTaken(long number) {
    if (taken <= number) {
      putter = Thread.currentThread();
      while (taken <= number) {
        LockSupport.park();
      }
      putter = null;
    }
  }

  private void awaitPut(long number) {
    if (put <= number) {
      taker = Thread.currentThread();
      while (put <= number) {
        LockSupport.park();
      }
      taker = null;
    }
  }

  private int place(long number) {
    return (int) (number % ring.length);
  }
}
