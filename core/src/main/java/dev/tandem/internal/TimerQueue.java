package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Timers by deadline, made for those that are cancelled before their time, as nearly all are. */
final class TimerQueue {

  /*
   * Arming pushes an entry on a stack, cancelling empties it: that is all that ever happens to most.
   * The others, still armed when the one who runs the queue comes by, go on to a heap. He comes at
   * the moment that he has announced. Whoever arms an earlier timer calls him; whoever arms a later
   * one need not, for he will find it in time. Both sides write, then read, volatile fields (the
   * stack and the announcement): either the one who arms sees the announcement, or he is seen.
   *
   * He announces the deadlines of cancelled timers too. Otherwise each of a row of timers that
   * follow one another, none of which lives to its deadline, would find him gone for good, and
   * would have to call him.
   */

  private static final VarHandle ANNOUNCED;

  /** Whoever runs the queue is awake, and will look at all stacks before he announces a moment. */
  private static final long AWAKE = -1;

  /** Whoever pushes on a stack this high clears it of what was cancelled. */
  private static final int HIGH = 500;

  private static final int MOST_STACKS = 16;

  static {
    try {
      ANNOUNCED = MethodHandles.lookup().findVarHandle(TimerQueue.class, "announced", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final AtomicReferenceArray<@Nullable Entry> stacks;
  private final int mask;

  // Volatile: written by whoever runs the queue, read by all who arm.
  private volatile long announced = TaskRuntime.NEVER;

  private final ShortLock lock = new ShortLock();

  // Guarded by the lock.
  private final PriorityQueue<Entry> heap =
      new PriorityQueue<>((one, other) -> Long.compare(one.deadline, other.deadline));
  private int crowded = HIGH;

  /** A queue that {@code threads} threads can arm timers in at once. */
  TimerQueue(int threads) {
    int stackCount = Integer.highestOneBit(Math.clamp(2L * threads - 1, 1, MOST_STACKS));
    stacks = new AtomicReferenceArray<>(stackCount);
    mask = stackCount - 1;
  }

  /**
   * Arms a timer.
   *
   * @return true when whoever runs the queue must be woken
   */
  boolean arm(Entry entry) {
    int index = (int) Thread.currentThread().threadId() & mask;
    Entry below;
    do {
      below = stacks.get(index);
      entry.below = below;
      entry.height = below == null ? 1 : below.height + 1;
    } while (!stacks.compareAndSet(index, below, entry));
    if (entry.height >= HIGH) {
      clear(index);
    }
    long moment = announced;
    return entry.deadline < moment && ANNOUNCED.compareAndSet(this, moment, AWAKE);
  }

  /**
   * Runs what is due by {@code now}. For one thread, which comes back at the moment returned, or
   * earlier when it is woken.
   */
  long runDue(long now) {
    announced = AWAKE;
    var due = new ArrayList<Runnable>();
    long next;
    do {
      next = collect(now, due);
      announced = next;
    } while (hasEarlier(next));
    due.forEach(TimerQueue::run);
    return next;
  }

  /** True when somebody has armed an earlier timer since {@code next} was announced. */
  boolean isCalled(long next) {
    return announced != next;
  }

  /** How many entries there are, those among them that were cancelled included. */
  int size() {
    lock.lock();
    try {
      int size = heap.size();
      for (int i = 0; i <= mask; i++) {
        Entry top = stacks.get(i);
        size += top == null ? 0 : top.height;
      }
      return size;
    } finally {
      lock.unlock();
    }
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      // Of whoever armed the timer, who is not here; the timers of others go on.
      tell(failure);
    }
  }

  private static void tell(Throwable failure) {
    Thread current = Thread.currentThread();
    try {
      current.getUncaughtExceptionHandler().uncaughtException(current, failure);
    } catch (Throwable ofTheHandler) {
      // As when a thread ends by it: nobody is left to be told.
    }
  }

  /** Empties the stacks and takes what is due; returns the earliest deadline that is seen. */
  private long collect(long now, List<Runnable> due) {
    lock.lock();
    try {
      long earliest = TaskRuntime.NEVER;
      for (int i = 0; i <= mask; i++) {
        earliest = Math.min(earliest, empty(i, now));
      }
      for (Entry e = heap.peek(); e != null && e.deadline <= now; e = heap.peek()) {
        heap.remove();
        Runnable action = e.take();
        if (action != null) {
          due.add(action);
        }
      }
      Entry head = heap.peek();
      return head == null ? earliest : Math.min(earliest, head.deadline);
    } finally {
      lock.unlock();
    }
  }

  /** Frees a stack of what was cancelled, so that memory does not wait for a far deadline. */
  private void clear(int index) {
    lock.lock();
    try {
      empty(index, 0);
    } finally {
      lock.unlock();
    }
  }

  /** Takes what is on a stack; returns the earliest deadline after {@code now}. */
  private long empty(int index, long now) {
    long earliest = TaskRuntime.NEVER;
    Entry entry = stacks.getAndSet(index, null);
    while (entry != null) {
      if (entry.deadline > now) {
        earliest = Math.min(earliest, entry.deadline);
      }
      Entry below = entry.below;
      // Whoever keeps a timer must not keep those that it once stood on.
      entry.below = null;
      keep(entry);
      entry = below;
    }
    return earliest;
  }

  private void keep(Entry entry) {
    if (!entry.isArmed()) {
      return;
    }
    heap.add(entry);
    if (heap.size() > crowded) {
      heap.removeIf(other -> !other.isArmed());
      crowded = 2 * heap.size() + HIGH;
    }
  }

  /** True when something was armed that the announced moment is too late for. */
  private boolean hasEarlier(long moment) {
    lock.lock();
    try {
      for (int i = 0; i <= mask; i++) {
        for (Entry e = stacks.get(i); e != null; e = e.below) {
          if (e.deadline < moment) {
            return true;
          }
        }
      }
      Entry head = heap.peek();
      return head != null && head.deadline < moment;
    } finally {
      lock.unlock();
    }
  }

  /** One timer. */
  static final class Entry implements TaskRuntime.Timer {

    private static final VarHandle ACTION;

    static {
      try {
        ACTION = MethodHandles.lookup().findVarHandle(Entry.class, "action", Runnable.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final long deadline;

    // Volatile: null once it was taken to be run, or cancelled.
    private volatile @Nullable Runnable action;

    // Written before the entry is published on its stack.
    private @Nullable Entry below;
    private int height;

    Entry(long deadline, Runnable action) {
      this.deadline = deadline;
      ACTION.set(this, action);
    }

    @Override
    public void cancel() {
      ACTION.setRelease(this, null);
    }

    private boolean isArmed() {
      return action != null;
    }

    private @Nullable Runnable take() {
      return (Runnable) ACTION.getAndSet(this, null);
    }
  }
}
