package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for the same, first come, first served. Guarded by the lock of its owner, but for
 * its patience.
 */
final class Line<E> extends Patience {

  /*
   * Each step makes its calls before it writes anything, so that a stack that is at its end ends it
   * before it has begun.
   */

  private int length;

  // Behind the first, whose previous is the last: so one who comes alone is written here just once.
  private @Nullable Place<E> first;

  int length() {
    return length;
  }

  void join(Place<E> place) {
    Place<E> head = first;
    Place<E> last = head == null ? place : before(head);
    place.stands = true;
    place.previous = last;
    if (head == null) {
      first = place;
    } else {
      last.next = place;
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
    Place<E> last = head.previous;
    forget(head);
    first = second;
    if (second != null) {
      second.previous = last;
    }
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
    forget(place);
    before.next = after;
    if (after == null) {
      head.previous = before;
    } else {
      after.previous = before;
    }
  }

  private void forget(Place<E> place) {
    place.stands = false;
    place.previous = null;
    place.next = null;
    length--;
  }

  private static <E> Place<E> before(Place<E> place) {
    return requireNonNull(place.previous, "one who stands in the line");
  }
}
