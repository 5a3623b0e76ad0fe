package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** Items in an array that bites its own tail and grows as it is needed; first in, first out. */
class Ring<E> implements Storage<E> {

  private static final int FIRST_LENGTH = 16;
  private static final int SMALL = 128;
  private static final int MOST = 1 << 30;

  // The length is a power of two, so that a mask finds the slot.
  private @Nullable Object[] slots;
  private int head;
  private int size;

  /** A ring that will hold at most so many. */
  Ring(int capacity) {
    // One that is small anyway is not worth the growing.
    int length = capacity <= SMALL ? Math.max(1, capacity) : FIRST_LENGTH;
    slots = new Object[1 << (Integer.SIZE - Integer.numberOfLeadingZeros(length - 1))];
  }

  @Override
  public final void add(E item) {
    if (size == slots.length) {
      grow();
    }
    slots[(head + size) & (slots.length - 1)] = item;
    size++;
  }

  @Override
  public E remove() {
    E item = taken(head);
    head = (head + 1) & (slots.length - 1);
    size--;
    return item;
  }

  @Override
  public void putBack(E item) {
    if (size == slots.length) {
      grow();
    }
    head = (head - 1) & (slots.length - 1);
    slots[head] = item;
    size++;
  }

  @Override
  public final int size() {
    return size;
  }

  /** Takes out what was added last. */
  final E removeLast() {
    size--;
    return taken((head + size) & (slots.length - 1));
  }

  @SuppressWarnings("unchecked")
  private E taken(int slot) {
    @Nullable Object item = slots[slot];
    if (item == null) {
      throw new AssertionError("nothing is in the ring");
    }
    slots[slot] = null;
    return (E) item;
  }

  private void grow() {
    if (size == MOST) {
      throw new OutOfMemoryError("more than " + MOST + " items in a queue");
    }
    @Nullable Object[] larger = new Object[2 * slots.length];
    int untilEnd = slots.length - head;
    System.arraycopy(slots, head, larger, 0, untilEnd);
    System.arraycopy(slots, 0, larger, untilEnd, head);
    slots = larger;
    head = 0;
  }
}
