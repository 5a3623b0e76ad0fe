package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A lock for sections of a few instructions that are entered millions of times a second, and in
 * which nobody waits for anything. Not reentrant.
 */
public class BriefLock {

  /*
   * Letting go is a plain store with release order, which is what makes it fast; so nobody can be
   * told that the lock is free, and whoever finds it taken looks again.
   *
   * It stays away for a while between two looks: what is done under the lock takes no time, and two
   * that look at it all the time would pass it to and fro, with all that it guards, at every entry.
   * So the other gets on with several. If even that is in vain, the holder has lost its processor,
   * and needs one to go on: then the others sleep, longer each time. They do not yield: virtual
   * threads that yield again and again keep all others from their carriers, the holder too.
   *
   * A thread whose interrupt flag is up cannot sleep, so the flag goes down for that time. It must
   * sleep: as many that only look as there are processors would keep a holder from them that waits
   * for a second lock. Cancellers look at the flag, and whoever finds it down would take an
   * interrupt from outside for one that never was: so the gate of the thread has it noted.
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

  // Plain: it matters to the thread alone that wrote it, and whatever others read is not they.
  private @Nullable Thread owner;

  public void lock() {
    if (!HELD.compareAndSet(this, false, true)) {
      lockInTheEnd();
    }
  }

  public void unlock() {
    HELD.setRelease(this, false);
  }

  /**
   * The holder is about to call code that is not its own: if that comes back for the lock, it is
   * refused instead of waiting for itself. Before it lets go of the lock the holder gives back what
   * was there before, by {@link #ownedBy}.
   *
   * @return who was
   */
  public final @Nullable Thread ownedHere() {
    Thread before = owner;
    owner = Thread.currentThread();
    return before;
  }

  /** See {@link #ownedHere}. */
  public final void ownedBy(@Nullable Thread before) {
    owner = before;
  }

  private boolean tryLock() {
    return !held && HELD.compareAndSet(this, false, true);
  }

  private void lockInTheEnd() {
    Thread current = Thread.currentThread();
    if (owner == current) {
      throw new IllegalStateException(
          "a comparator used the very queue that asked it; let it compare by the items alone, and"
              + " ask the queue before");
    }
    for (int i = 0; i < LOOKS; i++) {
      pause(PAUSES);
      if (tryLock()) {
        return;
      }
    }
    sleepUntilLocked(current);
  }

  private void sleepUntilLocked(Thread current) {
    Context context = null;
    boolean down = false;
    boolean noted = false;
    long sleep = SHORTEST_SLEEP;
    while (!tryLock()) {
      if (current.isInterrupted()) {
        // Down until the end: to put it up again is a wake-up, and no sleep would follow it.
        context = context == null ? Context.current() : context;
        noted |= lowered(context);
        down = true;
      }
      LockSupport.parkNanos(this, sleep);
      sleep = Math.min(2 * sleep, LONGEST_SLEEP);
    }
    if (down && context != null) {
      context.raiseFlag(noted);
    } else if (down) {
      current.interrupt();
    }
  }

  private static boolean lowered(@Nullable Context context) {
    return context == null ? !Thread.interrupted() : context.lowerFlag();
  }

  private static void pause(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }
}
