package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** Opens once, for everyone who waits and everyone who comes later. */
public class Latch {

  /*
   * A list of listeners, so that one that gives up leaves from wherever it stands: in a stack, those
   * that are always covered by one that still waits would pile up. Opening takes the list whole;
   * from then on nobody touches its links but the opener.
   */

  private final ShortLock lock = new ShortLock();

  // Volatile: set under the lock, read without it by those who need not wait.
  private volatile boolean opened;

  // Guarded by the lock.
  private int waiting;
  private @Nullable Listener head;
  private @Nullable Listener tail;

  private final Awaited.Source source;

  /** A closed latch, for a wait that nobody asks about. */
  public Latch() {
    this(() -> Awaited.of("latch"));
  }

  /**
   * A closed latch.
   *
   * @param source what those wait for who wait for it to open
   */
  public Latch(Awaited.Source source) {
    this.source = source;
  }

  /** What those wait for who wait for it to open. */
  public Awaited awaited() {
    return source.awaited();
  }

  public boolean isOpen() {
    return opened;
  }

  /** Opens the latch and tells its listeners, first come, first told; later calls do nothing. */
  public void open() {
    Listener listener = opened ? null : takeAll();
    while (listener != null) {
      Listener next = listener.next;
      listener.opened();
      listener = next;
    }
  }

  /**
   * Waits for the latch to open.
   *
   * @return false when the deadline passed first
   */
  public boolean await(long deadline) throws InterruptedException {
    Parking.checkpoint();
    return opened || await(new Wakener(true), deadline);
  }

  /**
   * Waits for the latch to open, and takes no notice of cancellation.
   *
   * @return false when the deadline passed first
   * @throws InterruptedException when the thread is interrupted
   */
  boolean awaitThroughCancellation(long deadline) throws InterruptedException {
    return await(new Wakener(false), deadline);
  }

  private boolean await(Wakener wakener, long deadline) throws InterruptedException {
    if (opened || !add(wakener)) {
      return true;
    }
    boolean signalled = false;
    try {
      signalled = Parking.await(wakener.waiter, deadline);
      return signalled;
    } finally {
      if (!signalled) {
        remove(wakener);
      }
    }
  }

  /**
   * Has {@code listener} told when the latch opens.
   *
   * @return false when it is open already; then the listener is not told
   */
  public boolean add(Listener listener) {
    lock.lock();
    try {
      if (opened) {
        return false;
      }
      listener.previous = tail;
      if (tail == null) {
        head = listener;
      } else {
        tail.next = listener;
      }
      tail = listener;
      waiting++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets a listener that was added.
   *
   * @return false when the latch is open: it was told, or is being told at this moment
   */
  public boolean remove(Listener listener) {
    lock.lock();
    try {
      if (opened) {
        return false;
      }
      if (listener.previous == null) {
        head = listener.next;
      } else {
        listener.previous.next = listener.next;
      }
      if (listener.next == null) {
        tail = listener.previous;
      } else {
        listener.next.previous = listener.previous;
      }
      waiting--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait; none once it is open. */
  public int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Listener takeAll() {
    lock.lock();
    try {
      opened = true;
      Listener first = head;
      head = null;
      tail = null;
      waiting = 0;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Told once, on the thread that opens the latch. Must neither block nor throw. */
  public abstract static class Listener {
    private @Nullable Listener previous;
    private @Nullable Listener next;

    protected abstract void opened();
  }

  private final class Wakener extends Listener {
    final Waiter waiter;

    Wakener(boolean cancellable) {
      waiter = new Opening(cancellable);
    }

    @Override
    protected void opened() {
      waiter.signal();
    }
  }

  /** A wait for it to open. */
  private final class Opening extends Waiter {
    Opening(boolean cancellable) {
      super(cancellable);
    }

    @Override
    protected Awaited awaited() {
      return source.awaited();
    }
  }
}
