package dev.tandem.internal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The permission of one thread to go on in virtual time. */
final class Turn {

  final Thread thread;
  private final boolean free;

  // Volatile: written by whoever gives it, read by the thread that waits for it.
  private volatile boolean given;

  // Volatile: written by the thread that has waited for it, read by whoever looks after it.
  private volatile boolean taken;

  Turn(Thread thread, boolean free) {
    this.thread = thread;
    this.free = free;
  }

  /** Whether the thread is one of others, which runs whenever it can. */
  boolean isFree() {
    return free;
  }

  /**
   * Whether the thread has gone on with it: one that was just woken may have to wait for a
   * processor.
   */
  boolean isTaken() {
    return taken;
  }

  void give() {
    given = true;
    LockSupport.unpark(thread);
  }

  /**
   * Waits, on the thread itself, until it is given.
   *
   * @param waiter the wait that is to be over first, which an interrupt ends
   * @param context of the thread, if it has one yet
   */
  void await(@Nullable Waiter waiter, @Nullable Context context) {
    boolean down = false;
    boolean noted = false;
    while (!given) {
      if (!Thread.currentThread().isInterrupted()) {
        LockSupport.park(waiter == null ? this : waiter);
      } else if (waiter != null && waiter.isWaiting()) {
        waiter.interrupted();
      } else if (context == null) {
        // While it is up there is no parking.
        down |= Thread.interrupted();
      } else {
        down = true;
        noted |= context.lowerFlag();
      }
    }
    taken = true;
    if (down && context != null) {
      context.raiseFlag(noted);
    } else if (down) {
      Thread.currentThread().interrupt();
    }
  }
}
