package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, in no particular order: whoever gives the turn up wakes one that waits, but may
 * have it again before that one runs. Handed over in order, it would have lanes with short works
 * wait for each other all the time.
 */
final class Turn {

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private boolean taken;
  private final Queue<Waiter> waiting = new ArrayDeque<>();

  /** Waits for the turn. */
  void take() throws InterruptedException {
    Parking.checkpoint();
    while (true) {
      Waiter waiter;
      lock.lock();
      try {
        if (!taken) {
          taken = true;
          return;
        }
        waiter = new Take();
        waiting.add(waiter);
      } finally {
        lock.unlock();
      }
      Parking.await(waiter, TaskRuntime.NEVER);
    }
  }

  /** A wait for the turn. */
  private static final class Take extends Waiter {
    @Override
    protected Awaited awaited() {
      return Awaited.of("iterator").in("another lane asks the stage before");
    }
  }

  void giveUp() {
    lock.lock();
    try {
      taken = false;
      Waiter next = waiting.poll();
      while (next != null && !next.signal()) {
        next = waiting.poll();
      }
    } finally {
      lock.unlock();
    }
  }
}
