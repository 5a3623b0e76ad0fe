package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for sections of a few instructions that are entered millions of times a second, and in
 * which nobody waits for anything. Not reentrant.
 */
public final class BriefLock {

  /*
   * Letting go is a plain store with release order, which is what makes it fast; so nobody can be
   * told that the lock is free, and whoever finds it taken looks again.
   *
   * It stays away for a while between two looks: what is done under the lock takes no time, and two
   * that look at it all the time would pass it to and fro, with all that it guards, at every entry.
   * So the other gets on with several. If even that is in vain, the holder has lost its processor,
   * and needs one to go on: then the others sleep, longer each time. They do not yield: virtual
   * threads that yield again and again keep all others from their carriers, the holder too.
   */

  private static final VarHandle HELD;

  private static final int LOOKS = 16;
  private static final int PAUSES = 16;
  private static final long SHORTEST_SLEEP = 1_000;
  private static final long LONGEST_SLEEP = 100_000;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(BriefLock.class, "held", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private volatile boolean held;

  public void lock() {
    if (!HELD.compareAndSet(this, false, true)) {
      lockInTheEnd();
    }
  }

  public void unlock() {
    HELD.setRelease(this, false);
  }

  private boolean tryLock() {
    return !held && HELD.compareAndSet(this, false, true);
  }

  private void lockInTheEnd() {
    for (int i = 0; i < LOOKS; i++) {
      for (int pause = 0; pause < PAUSES; pause++) {
        Thread.onSpinWait();
      }
      if (tryLock()) {
        return;
      }
    }
    long sleep = SHORTEST_SLEEP;
    boolean interrupted = false;
    while (!tryLock()) {
      LockSupport.parkNanos(this, sleep);
      // While it is up there is no sleep.
      interrupted |= Thread.interrupted();
      sleep = Math.min(2 * sleep, LONGEST_SLEEP);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
