package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** Tasks that wait for the same, first come, first served. Guarded by the lock of its owner. */
final class Line<E> extends Patience {

  private int length;
  private @Nullable Place<E> head;
  private @Nullable Place<E> tail;

  int length() {
    return length;
  }

  void join(Place<E> place) {
    place.stands = true;
    place.previous = tail;
    if (tail == null) {
      head = place;
    } else {
      tail.next = place;
    }
    tail = place;
    length++;
  }

  /** Takes the first out of the line; null when nobody stands in it. */
  @Nullable Place<E> callFirst() {
    Place<E> first = head;
    if (first != null) {
      leave(first);
    }
    return first;
  }

  /** Leaves from wherever it is; does nothing when it has been called. */
  void leave(Place<E> place) {
    if (!place.stands) {
      return;
    }
    place.stands = false;
    if (place.previous == null) {
      head = place.next;
    } else {
      place.previous.next = place.next;
    }
    if (place.next == null) {
      tail = place.previous;
    } else {
      place.next.previous = place.previous;
    }
    place.previous = null;
    place.next = null;
    length--;
  }
}
