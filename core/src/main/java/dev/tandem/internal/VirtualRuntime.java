package dev.tandem.internal;

import dev.tandem.internal.Turns.Turn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still while any task can run, and then jumps to what is due next. Of the tasks
 * that can run one does at a time, until it waits: who is next is decided here, so a program runs
 * the same way each time.
 */
public final class VirtualRuntime extends ObservedRuntime {

  /*
   * Only waits of ours let go of the count, so the count is exact: a start adds one before the
   * thread runs, a wait takes one away, and whoever ends a wait adds one for the task it wakes,
   * before the task can know. Counting at the wake-up, not at the resumption, leaves no moment at which
   * the count is zero although somebody can run. A task that blocks in anything else stays counted,
   * and time stands still: the safe side.
   *
   * A thread that was started, or whose wait has ended, is ready, and goes on when it is given its
   * turn. It is made ready by the one who started or woke it: those who run do so in turn, so the
   * order in which they make others ready is the same each time.
   *
   * Threads of others run whenever they like, and never have the turn. They may end waits. A task
   * that blocks in anything but a wait of ours loses its turn after a while, or two that meet in
   * such a place would never go on; it is like a thread of others until it waits here again.
   */

  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadFactory threads = Thread.ofVirtual().factory();
  private final Runnable onDeadlock;

  // The rest is guarded by the lock; the time and the holder are read without it.
  private final Agenda agenda = new Agenda();
  private final Turns turns;
  private final Map<Thread, Turn> starting = new HashMap<>();
  private final Map<Waiter, Turn> waiting = new HashMap<>();
  private final Set<Waiter> overBefore = new HashSet<>();
  private final Set<Thread> passedOver = new HashSet<>();
  private volatile long now;
  private int active = 1;
  private volatile @Nullable Thread holder = Thread.currentThread();
  private long steps;
  private boolean deadlocked;

  /**
   * A runtime for the current thread.
   *
   * @param onDeadlock called when every task waits and no deadline will ever wake one
   */
  public VirtualRuntime(Runnable onDeadlock) {
    this(onDeadlock, Turns.inOrder());
  }

  private VirtualRuntime(Runnable onDeadlock, Turns turns) {
    this.onDeadlock = onDeadlock;
    this.turns = turns;
  }

  /** Like the constructor, but who is next is chosen at random. */
  public static VirtualRuntime shuffled(long seed, Runnable onDeadlock) {
    return new VirtualRuntime(onDeadlock, Turns.shuffled(seed));
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Thread newThread(Runnable body) {
    return threads.newThread(
        () -> {
          begin();
          body.run();
        });
  }

  @Override
  public void start(Thread thread) {
    var turn = new Turn(thread, false);
    lock.lock();
    try {
      active++;
      starting.put(thread, turn);
      ready(turn);
      giveTurn();
    } finally {
      lock.unlock();
    }
    try {
      thread.start();
    } catch (Throwable noThread) {
      neverStarted(turn);
      throw noThread;
    }
  }

  @Override
  public void handedOver() {
    lock.lock();
    try {
      active++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handedBack() {
    leave(false);
  }

  @Override
  public void ended() {
    leave(true);
  }

  @Override
  public Timer schedule(long deadline, Runnable action) {
    if (deadline == NEVER) {
      return () -> {};
    }
    Agenda.Event event = add(deadline, action);
    return () -> remove(event);
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    Agenda.Event event = deadline == NEVER ? null : add(deadline, waiter::timedOut);
    Thread me = Thread.currentThread();
    Turn turn;
    lock.lock();
    try {
      turn = new Turn(me, holder != me && !passedOver.remove(me));
      active--;
      letGo();
      if (overBefore.remove(waiter)) {
        ready(turn);
      } else {
        waiting.put(waiter, turn);
      }
    } finally {
      lock.unlock();
    }
    goOn();
    await(turn, waiter);
    if (event != null) {
      remove(event);
    }
  }

  @Override
  public void resumes(Waiter waiter) {
    lock.lock();
    try {
      active++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void resumedByAnother(Waiter waiter) {
    leave(false);
  }

  @Override
  public void resumed(Waiter waiter) {
    lock.lock();
    try {
      Turn turn = waiting.remove(waiter);
      if (turn == null) {
        overBefore.add(waiter);
      } else {
        ready(turn);
        giveTurn();
      }
    } finally {
      lock.unlock();
    }
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

  /** Who has the turn; null when nobody has. */
  @Nullable Thread holder() {
    return holder;
  }

  /** How often the turn was given. */
  long steps() {
    lock.lock();
    try {
      return steps;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the turn from {@code blocked}, if it still is that of the given step. */
  void passOver(Thread blocked, long step) {
    lock.lock();
    try {
      if (steps == step && holder == blocked) {
        holder = null;
        passedOver.add(blocked);
        giveTurn();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits, at the start of a thread, for its first turn. */
  private void begin() {
    Turn turn;
    lock.lock();
    try {
      turn = starting.remove(Thread.currentThread());
    } finally {
      lock.unlock();
    }
    if (turn != null) {
      await(turn, null);
    }
  }

  private void neverStarted(Turn turn) {
    lock.lock();
    try {
      starting.remove(turn.thread);
      if (!turns.remove(turn) && holder == turn.thread) {
        holder = null;
      }
    } finally {
      lock.unlock();
    }
    leave(false);
  }

  /**
   * One less is running; if it is the current thread, and it has the turn, somebody else gets it.
   */
  private void leave(boolean currentThread) {
    lock.lock();
    try {
      active--;
      if (currentThread) {
        passedOver.remove(Thread.currentThread());
        letGo();
      }
    } finally {
      lock.unlock();
    }
    goOn();
  }

  private void await(Turn turn, @Nullable Waiter waiter) {
    boolean interrupted = false;
    while (!turn.isGiven()) {
      if (!Thread.currentThread().isInterrupted()) {
        LockSupport.park(waiter == null ? this : waiter);
      } else if (waiter != null && waiter.isWaiting()) {
        waiter.interrupted();
      } else {
        // While it is up there is no parking.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives somebody the turn, or lets what is due happen; called where nothing is locked. */
  private void goOn() {
    for (Agenda.Event due = nextDue(); due != null; due = nextDue()) {
      try {
        due.action().run();
      } finally {
        lock.lock();
        try {
          active--;
          letGo();
        } finally {
          lock.unlock();
        }
      }
    }
  }

  /** What happens next, if that is no thread's turn; it counts as running, and has the turn. */
  private Agenda.@Nullable Event nextDue() {
    lock.lock();
    try {
      if (holder != null) {
        return null;
      }
      if (!turns.isEmpty() && !(agenda.isDue(now) && turns.defers())) {
        giveTurn();
        return null;
      }
      if (turns.isEmpty() && active > 0) {
        return null;
      }
      Agenda.Event next = agenda.poll();
      if (next == null) {
        if (deadlocked) {
          return null;
        }
        deadlocked = true;
        next = new Agenda.Event(now, 0, onDeadlock);
      }
      now = Math.max(now, next.time());
      active++;
      holder = Thread.currentThread();
      return next;
    } finally {
      lock.unlock();
    }
  }

  // Called with the lock held.

  private void ready(Turn turn) {
    if (turn.isFree()) {
      turn.give();
    } else {
      turns.add(turn);
    }
  }

  private void letGo() {
    if (holder == Thread.currentThread()) {
      holder = null;
    }
  }

  private void giveTurn() {
    if (holder == null && !turns.isEmpty()) {
      Turn next = turns.next();
      holder = next.thread;
      steps++;
      next.give();
    }
  }

  private Agenda.Event add(long deadline, Runnable action) {
    lock.lock();
    try {
      return agenda.add(deadline, action);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Agenda.Event event) {
    lock.lock();
    try {
      agenda.remove(event);
    } finally {
      lock.unlock();
    }
  }
}
