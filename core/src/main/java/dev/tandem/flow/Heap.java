package dev.tandem.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items of which the least comes out first; among equals, the one that came in first. */
final class Heap<E> implements Storage<E> {

  /*
   * A binary heap. The order is foreign code, which may throw: all that must be compared is
   * compared before anything moves, so that nothing is lost then. It may also come back for the
   * queue whose lock is held; the lock knows by whom, while it is asked, and refuses that.
   */

  private final Comparator<? super E> order;
  private final List<Ranked<E>> heap = new ArrayList<>();
  private final List<Integer> path = new ArrayList<>();
  private long sequence;
  private long before;
  private @Nullable WakingLock lock;

  Heap(Comparator<? super E> order) {
    this.order = order;
  }

  @Override
  public void guardedBy(WakingLock guard) {
    lock = guard;
  }

  @Override
  public void check(E item) {
    // Whatever cannot be compared at all is refused at the door, as maps do.
    int _ = order.compare(item, item);
  }

  @Override
  public void add(E item) {
    add(new Ranked<>(item, sequence++));
  }

  private void add(Ranked<E> added) {
    int place = heap.size();
    path.clear();
    path.add(place);
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (compare(added, heap.get(parent)) >= 0) {
        break;
      }
      path.add(parent);
      place = parent;
    }
    heap.add(added);
    move(added);
  }

  @Override
  public void admit(E item) {
    admit(new Ranked<>(item, sequence++));
  }

  @Override
  public void putBack(E item) {
    admit(new Ranked<>(item, --before));
  }

  private void admit(Ranked<E> added) {
    try {
      add(added);
    } catch (Throwable cannotBeCompared) {
      // It stays where nothing need be compared: what comes after it comes out first.
      heap.add(added);
    }
  }

  @Override
  public E remove() {
    Ranked<E> least = heap.getFirst();
    int last = heap.size() - 1;
    Ranked<E> moved = heap.get(last);
    int place = 0;
    path.clear();
    path.add(place);
    for (int child = 1; child < last; child = 2 * place + 1) {
      if (child + 1 < last && compare(heap.get(child + 1), heap.get(child)) < 0) {
        child++;
      }
      if (compare(moved, heap.get(child)) <= 0) {
        break;
      }
      path.add(child);
      place = child;
    }
    if (last > 0) {
      move(moved);
    }
    heap.removeLast();
    return least.item;
  }

  @Override
  public List<E> removeAll() {
    List<Ranked<E>> sorted = new ArrayList<>(heap);
    sorted.sort(this::compare);
    heap.clear();
    List<E> all = new ArrayList<>(sorted.size());
    for (Ranked<E> ranked : sorted) {
      all.add(ranked.item);
    }
    return all;
  }

  @Override
  public int size() {
    return heap.size();
  }

  /** Shifts what is on the path by one towards its start, and puts {@code item} at its end. */
  private void move(Ranked<E> item) {
    for (int i = 1; i < path.size(); i++) {
      heap.set(path.get(i - 1), heap.get(path.get(i)));
    }
    heap.set(path.getLast(), item);
  }

  private int compare(Ranked<E> one, Ranked<E> other) {
    int byItem = compare(one.item, other.item);
    return byItem != 0 ? byItem : Long.compare(one.sequence, other.sequence);
  }

  private int compare(E one, E other) {
    if (lock == null) {
      return order.compare(one, other);
    }
    Thread before = lock.ownedHere();
    try {
      return order.compare(one, other);
    } finally {
      lock.ownedBy(before);
    }
  }

  private record Ranked<E>(E item, long sequence) {}
}
