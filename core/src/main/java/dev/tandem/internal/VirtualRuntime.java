package dev.tandem.internal;

import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Time that stands still while any task can run, and then jumps to the next deadline. */
public final class VirtualRuntime implements TaskRuntime {

  /*
   * Only waits of ours let go of the count, so the count is exact: a start adds one before the
   * thread runs, a wait takes one away, and whoever ends a wait adds one for the task it wakes,
   * before the task can know. Counting at the wake-up, not at the resumption, leaves no moment at which
   * the count is zero although somebody can run. A task that blocks in anything else stays counted,
   * and time stands still: the safe side.
   */

  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadFactory threads = Thread.ofVirtual().factory();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Runnable onDeadlock;

  // Guarded by the lock.
  private long now;
  private long sequence;
  private int active = 1;
  private boolean deadlocked;

  /**
   * A runtime for one thread that is running already.
   *
   * @param onDeadlock called when every task waits and no deadline will ever wake one
   */
  public VirtualRuntime(Runnable onDeadlock) {
    this.onDeadlock = onDeadlock;
  }

  @Override
  public long now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Thread newThread(Runnable body) {
    return threads.newThread(body);
  }

  @Override
  public void start(Thread thread) {
    count(1);
    try {
      thread.start();
    } catch (Throwable noThread) {
      count(-1);
      throw noThread;
    }
  }

  @Override
  public void handedOver() {
    count(1);
  }

  @Override
  public void ended() {
    count(-1);
  }

  @Override
  public Timer schedule(long deadline, Runnable action) {
    if (deadline == NEVER) {
      return () -> {};
    }
    Event event = add(deadline, action);
    return () -> remove(event);
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    Event event = deadline == NEVER ? null : add(deadline, waiter::timedOut);
    count(-1);
    while (waiter.isWaiting()) {
      if (Thread.currentThread().isInterrupted()) {
        waiter.interrupted();
      } else {
        LockSupport.park(waiter);
      }
    }
    if (event != null) {
      remove(event);
    }
  }

  @Override
  public void resumes(Waiter waiter) {
    count(1);
  }

  @Override
  public void resumedByAnother(Waiter waiter) {
    count(-1);
  }

  /** True once every task waited with no deadline ahead. */
  public boolean isDeadlocked() {
    lock.lock();
    try {
      return deadlocked;
    } finally {
      lock.unlock();
    }
  }

  private void count(int change) {
    lock.lock();
    try {
      active += change;
    } finally {
      lock.unlock();
    }
    for (Event due = nextDue(); due != null; due = nextDue()) {
      due.action.run();
      lock.lock();
      try {
        active--;
      } finally {
        lock.unlock();
      }
    }
  }

  /** The event to jump to, if nothing else can run; its action counts as running. */
  private @Nullable Event nextDue() {
    lock.lock();
    try {
      if (active > 0) {
        return null;
      }
      Event next = events.poll();
      if (next == null) {
        if (deadlocked) {
          return null;
        }
        deadlocked = true;
        next = new Event(now, sequence++, onDeadlock);
      }
      now = Math.max(now, next.deadline);
      active++;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private Event add(long deadline, Runnable action) {
    lock.lock();
    try {
      Event event = new Event(deadline, sequence++, action);
      events.add(event);
      return event;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Event event) {
    lock.lock();
    try {
      events.remove(event);
    } finally {
      lock.unlock();
    }
  }

  private record Event(long deadline, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(deadline, other.deadline);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
