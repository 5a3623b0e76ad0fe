package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Opens once, for everyone who waits and everyone who comes later. */
public final class Latch {

  /*
   * A stack of waiters, replaced by OPENED when the latch opens. A waiter that gives up takes the
   * dead ones off the top, itself included if it is there. One that is covered by a live waiter
   * goes when that one does, so the dead never outnumber those that once waited together.
   */

  private static final VarHandle TOP;
  private static final Object OPENED = new Object();

  static {
    try {
      TOP = MethodHandles.lookup().findVarHandle(Latch.class, "top", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // Volatile: pushed to by waiters, taken whole by the opener.
  private volatile @Nullable Object top;

  public boolean isOpen() {
    return top == OPENED;
  }

  /** Opens the latch and wakes its waiters, first come, first woken; later calls do nothing. */
  public void open() {
    if (TOP.getAndSet(this, OPENED) instanceof Entry newest) {
      for (Entry entry = reversed(newest); entry != null; entry = entry.next) {
        entry.signal();
      }
    }
  }

  /**
   * Waits for the latch to open.
   *
   * @return false when the deadline passed first
   */
  public boolean await(long deadline) throws InterruptedException {
    Parking.checkpoint();
    Entry entry = isOpen() ? null : new Entry();
    if (entry == null || !push(entry)) {
      return true;
    }
    boolean opened = false;
    try {
      opened = Parking.await(entry, deadline);
      return opened;
    } finally {
      if (!opened) {
        dropDead();
      }
    }
  }

  private boolean push(Entry entry) {
    while (true) {
      Object seen = top;
      if (seen == OPENED) {
        return false;
      }
      entry.next = (Entry) seen;
      if (TOP.compareAndSet(this, seen, entry)) {
        return true;
      }
    }
  }

  private void dropDead() {
    while (top instanceof Entry seen && !seen.isWaiting()) {
      TOP.compareAndSet(this, seen, seen.next);
    }
  }

  private static @Nullable Entry reversed(Entry newest) {
    Entry result = null;
    for (Entry entry = newest; entry != null; ) {
      Entry older = entry.next;
      entry.next = result;
      result = entry;
      entry = older;
    }
    return result;
  }

  private static final class Entry extends Waiter {
    @Nullable Entry next;
  }
}
