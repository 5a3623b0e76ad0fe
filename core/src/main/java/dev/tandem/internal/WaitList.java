package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * Those who wait, in the order in which they came. One that gives up leaves from wherever it
 * stands, without a search. Every call is made under one lock, which is its user's.
 */
public final class WaitList<E extends WaitList.Entry> {

  private int size;
  private @Nullable Entry head;
  private @Nullable Entry tail;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return head == null;
  }

  /** Who came first of those who are still there. */
  @SuppressWarnings("unchecked") // Only entries of type E get in.
  public @Nullable E first() {
    return (E) head;
  }

  /** Adds one behind all others. */
  public void append(E entry) {
    link(tail, entry, null);
  }

  /** Adds one before all others. */
  public void prepend(E entry) {
    link(null, entry, head);
  }

  /** Puts one in the place of another that is in the list. */
  public void replace(E leaving, E entry) {
    link(leaving, entry, ((Entry) leaving).next);
    remove(leaving);
  }

  /** Takes out the first; null when there is none. */
  public @Nullable E poll() {
    E first = first();
    if (first != null) {
      remove(first);
    }
    return first;
  }

  /** Takes out one that may be in the list; true when it was. */
  public boolean remove(E entry) {
    Entry leaving = entry;
    if (!leaving.listed) {
      return false;
    }
    leaving.listed = false;
    if (leaving.previous == null) {
      head = leaving.next;
    } else {
      leaving.previous.next = leaving.next;
    }
    if (leaving.next == null) {
      tail = leaving.previous;
    } else {
      leaving.next.previous = leaving.previous;
    }
    leaving.previous = null;
    leaving.next = null;
    size--;
    return true;
  }

  /** Who stands behind {@code entry}, in the list or by {@link #chain}; null for nobody. */
  @SuppressWarnings("unchecked") // Only entries of type E get in.
  public @Nullable E after(E entry) {
    return (E) ((Entry) entry).next;
  }

  /** Of two that were taken out, has {@link #after} say that one stands behind the other. */
  public void chain(E before, E entry) {
    ((Entry) before).next = entry;
  }

  private void link(@Nullable Entry before, Entry entry, @Nullable Entry after) {
    entry.listed = true;
    entry.previous = before;
    entry.next = after;
    if (before == null) {
      head = entry;
    } else {
      before.next = entry;
    }
    if (after == null) {
      tail = entry;
    } else {
      after.previous = entry;
    }
    size++;
  }

  /** A wait that has a place in a list. */
  public abstract static class Entry extends Waiter {
    private boolean listed;
    private @Nullable Entry previous;
    private @Nullable Entry next;

    protected Entry() {}

    /** A wait of the current thread, whose context is known. */
    protected Entry(@Nullable Context context) {
      super(context);
    }

    /** A wait that cancellation may or may not end; an interrupt always does. */
    protected Entry(boolean cancellable) {
      super(cancellable);
    }

    public final boolean isListed() {
      return listed;
    }
  }
}
