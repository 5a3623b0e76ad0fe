package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Tasks that wait for the same, first come, first served. Guarded by the lock of its owner. */
final class Line<E> extends Patience {

  private int length;

  // Behind the first, whose previous is the last: so one who comes alone writes here just once.
  private @Nullable Place<E> first;

  int length() {
    return length;
  }

  void join(Place<E> place) {
    place.stands = true;
    Place<E> head = first;
    if (head == null) {
      place.previous = place;
      first = place;
    } else {
      Place<E> last = before(head);
      last.next = place;
      place.previous = last;
      head.previous = place;
    }
    length++;
  }

  /** Takes the first out of the line; null when nobody stands in it. */
  @Nullable Place<E> callFirst() {
    Place<E> head = first;
    if (head == null) {
      return null;
    }
    Place<E> second = head.next;
    first = second;
    if (second != null) {
      second.previous = head.previous;
    }
    left(head);
    return head;
  }

  /** Leaves from wherever it is; does nothing when it has been called. */
  void leave(Place<E> place) {
    Place<E> head = first;
    if (!place.stands || head == null) {
      return;
    }
    if (place == head) {
      callFirst();
      return;
    }
    Place<E> before = before(place);
    Place<E> after = place.next;
    before.next = after;
    if (after == null) {
      head.previous = before;
    } else {
      after.previous = before;
    }
    left(place);
  }

  private void left(Place<E> place) {
    place.stands = false;
    place.previous = null;
    place.next = null;
    length--;
  }

  private static <E> Place<E> before(Place<E> place) {
    return requireNonNull(place.previous, "one who stands in the line");
  }
}
