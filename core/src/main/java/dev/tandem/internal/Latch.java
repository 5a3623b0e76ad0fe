package dev.tandem.internal;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Opens once, for everyone who waits and everyone who comes later. */
public final class Latch {

  /*
   * A list of waiters, so that one that gives up leaves from wherever it stands: in a stack, those
   * that are always covered by one that still waits would pile up. Opening takes the list whole;
   * from then on nobody touches its links but the opener.
   */

  private final ReentrantLock lock = new ReentrantLock();

  // Volatile: set under the lock, read without it by those who need not wait.
  private volatile boolean opened;

  // Guarded by the lock.
  private int waiting;
  private @Nullable Entry head;
  private @Nullable Entry tail;

  public boolean isOpen() {
    return opened;
  }

  /** Opens the latch and wakes its waiters, first come, first woken; later calls do nothing. */
  public void open() {
    Entry entry = opened ? null : takeAll();
    while (entry != null) {
      Entry next = entry.next;
      entry.signal();
      entry = next;
    }
  }

  /**
   * Waits for the latch to open.
   *
   * @return false when the deadline passed first
   */
  public boolean await(long deadline) throws InterruptedException {
    Parking.checkpoint();
    return opened || await(new Entry(true), deadline);
  }

  /**
   * Waits for the latch to open, and takes no notice of cancellation.
   *
   * @return false when the deadline passed first
   * @throws InterruptedException when the thread is interrupted
   */
  boolean awaitThroughCancellation(long deadline) throws InterruptedException {
    return await(new Entry(false), deadline);
  }

  private boolean await(Entry entry, long deadline) throws InterruptedException {
    if (opened || !append(entry)) {
      return true;
    }
    boolean signalled = false;
    try {
      signalled = Parking.await(entry, deadline);
      return signalled;
    } finally {
      if (!signalled) {
        remove(entry);
      }
    }
  }

  /** How many wait; none once it is open. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry takeAll() {
    lock.lock();
    try {
      opened = true;
      Entry first = head;
      head = null;
      tail = null;
      waiting = 0;
      return first;
    } finally {
      lock.unlock();
    }
  }

  private boolean append(Entry entry) {
    lock.lock();
    try {
      if (opened) {
        return false;
      }
      entry.previous = tail;
      if (tail == null) {
        head = entry;
      } else {
        tail.next = entry;
      }
      tail = entry;
      waiting++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Entry entry) {
    lock.lock();
    try {
      if (opened) {
        return;
      }
      if (entry.previous == null) {
        head = entry.next;
      } else {
        entry.previous.next = entry.next;
      }
      if (entry.next == null) {
        tail = entry.previous;
      } else {
        entry.next.previous = entry.previous;
      }
      waiting--;
    } finally {
      lock.unlock();
    }
  }

  private static final class Entry extends Waiter {
    @Nullable Entry previous;
    @Nullable Entry next;

    Entry(boolean cancellable) {
      super(cancellable);
    }
  }
}
