package dev.tandem.flow;

import java.util.ArrayList;
import java.util.List;

/** What is in a queue, and the order in which it comes out. Guarded by the lock of its owner. */
interface Storage<E> {

  /** Told once which lock guards it. */
  default void guardedBy(WakingLock lock) {}

  /** Throws if the item can never be put in; needs no lock. */
  default void check(E item) {}

  void add(E item);

  /** Like {@link #add}, for an item that there is no way back for. */
  default void admit(E item) {
    add(item);
  }

  /** Takes in what came out last, to come out next. */
  void putBack(E item);

  /** Takes out what comes next; there must be something. */
  E remove();

  /** Takes out everything, in order. */
  default List<E> removeAll() {
    List<E> all = new ArrayList<>(size());
    while (size() > 0) {
      all.add(remove());
    }
    return all;
  }

  int size();
}
