package dev.tandem.internal;

import dev.tandem.internal.TimerQueue.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Timers, the earliest first. Guarded by the lock of its queue. */
final class TimerHeap {

  /*
   * A binary heap. Any thread may add, on a stack that is nearly full or with no memory left: what
   * may fail is done before anything moves, and while entries rise nothing is called or allocated.
   * All else is for the one who runs the queue.
   */

  private static final int LEAST = 64;

  private @Nullable Entry[] entries = new Entry[LEAST];
  private int size;

  int size() {
    return size;
  }

  /** How much room it takes. */
  int capacity() {
    return entries.length;
  }

  /** The earliest; null when there is none. */
  @Nullable Entry first() {
    return entries[0];
  }

  void add(Entry added) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size + size / 2);
    }
    @Nullable Entry[] heap = entries;
    long deadline = added.deadline;
    int place = size++;
    while (place > 0) {
      int parent = (place - 1) / 2;
      Entry above = heap[parent];
      if (above == null || above.deadline <= deadline) {
        break;
      }
      heap[place] = above;
      place = parent;
    }
    heap[place] = added;
  }

  /** Takes out the earliest. */
  void removeFirst() {
    @Nullable Entry[] heap = entries;
    int last = --size;
    Entry moved = heap[last];
    heap[last] = null;
    if (moved != null && last > 0) {
      heap[sink(heap, 0, last, moved.deadline)] = moved;
    }
  }

  /** Takes out those that were cancelled. */
  void removeCancelled() {
    @Nullable Entry[] heap = entries;
    int live = 0;
    for (int i = 0; i < size; i++) {
      Entry entry = heap[i];
      if (entry != null && entry.isArmed()) {
        heap[live++] = entry;
      }
    }
    Arrays.fill(heap, live, size, null);
    size = live;
    for (int place = live / 2 - 1; place >= 0; place--) {
      Entry moved = heap[place];
      if (moved != null) {
        heap[sink(heap, place, live, moved.deadline)] = moved;
      }
    }
  }

  /** Gives room back that is not needed by far. */
  void trim() {
    if (size < entries.length / 4 && entries.length > LEAST) {
      entries = Arrays.copyOf(entries, Math.max(LEAST, 2 * size));
    }
  }

  /** Lets what is earlier than {@code deadline} rise; the place that is left. */
  private static int sink(@Nullable Entry[] heap, int from, int size, long deadline) {
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      Entry less = heap[child];
      Entry other = child + 1 < size ? heap[child + 1] : null;
      if (other != null && less != null && other.deadline < less.deadline) {
        less = other;
        child++;
      }
      if (less == null || deadline <= less.deadline) {
        break;
      }
      heap[place] = less;
      place = child;
    }
    return place;
  }
}
