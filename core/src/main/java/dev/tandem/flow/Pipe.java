package dev.tandem.flow;

import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a stage hand to the one who asks: in order, any number of them, to one at a
 * time. With room for none, an element is handed over when it is asked for.
 */
final class Pipe<T> {

  /*
   * Those who wait stand in a list. Whoever comes with what one of them waits for takes it from the
   * list, and must win its compare-and-set before the element changes hands; if it loses, the wait
   * was over, and the next one is tried.
   */

  private final ReentrantLock lock = new ReentrantLock();
  private final int room;

  // Guarded by the lock.
  private final Queue<T> ready = new ArrayDeque<>();
  private @Nullable Sender<T> firstSender;
  private @Nullable Sender<T> lastSender;
  private @Nullable Receiver<T> receiver;
  private boolean finished;

  Pipe(int room) {
    this.room = room;
  }

  /**
   * Hands an element over, or puts it where there is room, waiting in turn for that.
   *
   * @return false when nobody wants it any more
   * @throws InterruptedException when cancelled or interrupted; then nobody will have it
   */
  boolean put(T item) throws InterruptedException {
    Parking.checkpoint();
    Sender<T> sender;
    lock.lock();
    try {
      if (finished) {
        return false;
      }
      if (handOver(item)) {
        return true;
      }
      if (ready.size() < room) {
        ready.add(item);
        return true;
      }
      sender = new Sender<>(item);
      append(sender);
    } finally {
      lock.unlock();
    }
    boolean signalled = false;
    try {
      signalled = Parking.await(sender, TaskRuntime.NEVER);
      return !sender.refused;
    } finally {
      if (!signalled) {
        giveUp(sender);
      }
    }
  }

  /**
   * Waits for the next element.
   *
   * @return null when there is none left, and none to come
   * @throws InterruptedException when cancelled or interrupted; then nothing was taken
   */
  @Nullable T take() throws InterruptedException {
    Parking.checkpoint();
    Receiver<T> waiting;
    lock.lock();
    try {
      T item = next();
      if (item != null || finished) {
        return item;
      }
      if (receiver != null) {
        throw new IllegalStateException(
            "two tasks ask one iterator at once; let one of them ask, or share it");
      }
      waiting = new Receiver<>();
      receiver = waiting;
    } finally {
      lock.unlock();
    }
    boolean signalled = false;
    try {
      signalled = Parking.await(waiting, TaskRuntime.NEVER);
      return waiting.item;
    } finally {
      if (!signalled) {
        giveUp(waiting);
      }
    }
  }

  /** Nothing more is to come; what is there is still given out. */
  void finish() {
    lock.lock();
    try {
      finished = true;
      for (Sender<T> next = firstSender; next != null; next = firstSender) {
        remove(next);
        next.refused = true;
        next.signal();
      }
      if (receiver != null) {
        // Whoever waits has found nothing to take.
        receiver.signal();
        receiver = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody asks any more; what is there is dropped. */
  void shut() {
    lock.lock();
    try {
      finish();
      ready.clear();
    } finally {
      lock.unlock();
    }
  }

  private boolean handOver(T item) {
    Receiver<T> waiting = receiver;
    if (waiting == null) {
      return false;
    }
    receiver = null;
    // Read only by one whose wait was signalled, after that.
    waiting.item = item;
    return waiting.signal();
  }

  private @Nullable T next() {
    T item = ready.poll();
    while (firstSender != null && (item == null || ready.size() < room)) {
      Sender<T> sender = firstSender;
      remove(sender);
      if (sender.signal()) {
        if (item == null) {
          item = sender.item;
        } else {
          ready.add(sender.item);
        }
      }
    }
    return item;
  }

  private void giveUp(Sender<T> sender) {
    lock.lock();
    try {
      if (sender.listed) {
        remove(sender);
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(Receiver<T> waiting) {
    lock.lock();
    try {
      if (receiver == waiting) {
        receiver = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(Sender<T> sender) {
    sender.listed = true;
    sender.previous = lastSender;
    if (lastSender == null) {
      firstSender = sender;
    } else {
      lastSender.next = sender;
    }
    lastSender = sender;
  }

  private void remove(Sender<T> sender) {
    sender.listed = false;
    if (sender.previous == null) {
      firstSender = sender.next;
    } else {
      sender.previous.next = sender.next;
    }
    if (sender.next == null) {
      lastSender = sender.previous;
    } else {
      sender.next.previous = sender.previous;
    }
  }

  private static final class Sender<T> extends Waiter {
    final T item;
    boolean refused;
    boolean listed;
    @Nullable Sender<T> previous;
    @Nullable Sender<T> next;

    Sender(T item) {
      this.item = item;
    }
  }

  private static final class Receiver<T> extends Waiter {
    @Nullable T item;
  }
}
