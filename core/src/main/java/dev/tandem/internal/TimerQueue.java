package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
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
   *
   * Those cancelled in the heap are counted, and he is called to take them out when they are many
   * beside those that live. The count may miss a few that are cancelled on their way there; a heap
   * that has doubled is cleared in any case.
   *
   * Whatever fails half-way, by a lack of memory or of stack, loses nothing: an entry hangs on its
   * stack, on the list of those that were taken from one, in the heap, or on the list of those that
   * are due, until it hangs on the next of these.
   */

  private static final VarHandle ANNOUNCED;

  /** Whoever runs the queue is awake, and will look at all stacks before he announces a moment. */
  private static final long AWAKE = -1;

  /** Somebody called whoever runs the queue, but could not wake him; let the next one try. */
  private static final long ASLEEP = TaskRuntime.NEVER - 1;

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

  private final Runnable waker;

  // Guarded by the lock.
  private final TimerHeap heap = new TimerHeap();
  private @Nullable Entry taken;
  private int crowded = HIGH;

  /** How many were cancelled in the heap since it was cleared, and how many may be. */
  private final AtomicInteger cancelled = new AtomicInteger();

  private volatile int tolerated = HIGH;

  // Volatile: set by any thread, looked at by the one who runs the queue after his announcement.
  private volatile boolean clearingWanted;

  // Only of the one who runs the queue.
  private @Nullable Entry due;
  private @Nullable Entry lastDue;

  /**
   * A queue that {@code threads} threads can arm timers in at once.
   *
   * @param waker wakes whoever runs the queue, when that is not left to who arms a timer
   */
  TimerQueue(int threads, Runnable waker) {
    this.waker = waker;
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

  /** Who was to wake whoever runs the queue could not. */
  void notWoken() {
    ANNOUNCED.compareAndSet(this, AWAKE, ASLEEP);
  }

  /**
   * Runs what is due by {@code now}. For one thread, which comes back at the moment returned, or
   * earlier when it is woken.
   */
  long runDue(long now) {
    announced = AWAKE;
    long next;
    do {
      next = collect(now);
      announced = next;
    } while (hasEarlier(next) || clearingWanted);
    for (Entry entry = due; entry != null; entry = due) {
      due = entry.below();
      entry.below = null;
      Runnable action = entry.take();
      if (action != null) {
        run(action);
      }
    }
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
      for (Entry entry = taken; entry != null; entry = entry.below()) {
        size++;
      }
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** For how many timers the queue holds room beside them. */
  int capacity() {
    lock.lock();
    try {
      return heap.capacity();
    } finally {
      lock.unlock();
    }
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      // Of whoever armed the timer, who is not here; the timers of others go on.
      Thread current = Thread.currentThread();
      Errands.run(() -> tell(current, failure));
    }
  }

  private static void tell(Thread thread, Throwable failure) {
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (Throwable ofTheHandler) {
      // As when a thread ends by it: nobody is left to be told.
    }
  }

  /** Empties the stacks and takes what is due; returns the earliest deadline that is seen. */
  private long collect(long now) {
    lock.lock();
    try {
      long earliest = TaskRuntime.NEVER;
      for (int i = 0; i <= mask; i++) {
        earliest = Math.min(earliest, empty(i, now));
      }
      if (clearingWanted) {
        clearingWanted = false;
        cancelled.set(0);
        heap.removeCancelled();
        crowded = 2 * heap.size() + HIGH;
      }
      for (Entry e = heap.first(); e != null && e.deadline <= now; e = heap.first()) {
        heap.removeFirst();
        isDue(e);
      }
      tolerated = heap.size() / 2 + HIGH;
      heap.trim();
      Entry head = heap.first();
      return head == null ? earliest : Math.min(earliest, head.deadline);
    } finally {
      lock.unlock();
    }
  }

  private void isDue(Entry entry) {
    entry.below = null;
    if (due == null) {
      due = entry;
    } else if (lastDue != null) {
      lastDue.below = entry;
    }
    lastDue = entry;
  }

  /** Frees a stack of what was cancelled, so that memory does not wait for a far deadline. */
  private void clear(int index) {
    try {
      lock.lock();
      try {
        empty(index, 0);
        tolerated = heap.size() / 2 + HIGH;
      } finally {
        lock.unlock();
      }
    } catch (Throwable lackOfMemory) {
      // Whoever runs the queue does the rest, and is called for the timer if need be.
    }
    if (clearingWanted) {
      call();
    }
  }

  /** Takes what is on a stack; returns the earliest deadline after {@code now}. */
  private long empty(int index, long now) {
    // What is left when one who did this before could not go on.
    long left = keepTaken(now);
    taken = stacks.getAndSet(index, null);
    return Math.min(left, keepTaken(now));
  }

  private long keepTaken(long now) {
    long earliest = TaskRuntime.NEVER;
    for (Entry entry = taken; entry != null; entry = taken) {
      if (entry.deadline > now) {
        earliest = Math.min(earliest, entry.deadline);
      }
      Entry below = entry.below();
      if (entry.isArmed()) {
        heap.add(entry);
        entry.isKeptIn(this);
      } else {
        // Whoever keeps a timer must not keep those that it once stood on.
        entry.below = null;
      }
      taken = below;
    }
    if (heap.size() > crowded) {
      clearingWanted = true;
    }
    return earliest;
  }

  /** One of those in the heap was cancelled. */
  private void wasCancelled() {
    if (cancelled.incrementAndGet() > tolerated && !clearingWanted) {
      clearingWanted = true;
      call();
    }
  }

  /** Has whoever runs the queue come, if he can be woken. */
  private void call() {
    long moment = announced;
    if (moment != AWAKE && ANNOUNCED.compareAndSet(this, moment, AWAKE)) {
      try {
        waker.run();
      } catch (Throwable lackOfStack) {
        // What he is called for can wait, and whoever cancels a timer has other things to do.
        notWoken();
      }
    }
  }

  /** True when something was armed that the announced moment is too late for. */
  private boolean hasEarlier(long moment) {
    lock.lock();
    try {
      for (int i = 0; i <= mask; i++) {
        if (hasEarlier(stacks.get(i), moment)) {
          return true;
        }
      }
      if (hasEarlier(taken, moment)) {
        return true;
      }
      Entry head = heap.first();
      return head != null && head.deadline < moment;
    } finally {
      lock.unlock();
    }
  }

  private static boolean hasEarlier(@Nullable Entry top, long moment) {
    for (Entry e = top; e != null; e = e.below()) {
      if (e.deadline < moment) {
        return true;
      }
    }
    return false;
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

    /** The height of one that is in the heap. */
    private static final int KEPT = 0;

    final long deadline;

    // Volatile: null once it was taken to be run, or cancelled.
    private volatile @Nullable Runnable action;

    // The entry that this one stands on, or is followed by; in the heap, where there is none, the
    // queue, for there are many timers and a field of its own would count. Written before the entry
    // is published, then under the lock; who cancels reads them as they are.
    private @Nullable Object below;
    private int height;

    Entry(long deadline, Runnable action) {
      this.deadline = deadline;
      ACTION.set(this, action);
    }

    /** Never throws, for it is called where nothing may. */
    @Override
    public void cancel() {
      if (action != null) {
        ACTION.setRelease(this, null);
        if (height == KEPT && below instanceof TimerQueue queue) {
          queue.wasCancelled();
        }
      }
    }

    boolean isArmed() {
      return action != null;
    }

    private @Nullable Entry below() {
      return below instanceof Entry entry ? entry : null;
    }

    private void isKeptIn(TimerQueue queue) {
      below = queue;
      height = KEPT;
    }

    private @Nullable Runnable take() {
      return (Runnable) ACTION.getAndSet(this, null);
    }
  }
}
