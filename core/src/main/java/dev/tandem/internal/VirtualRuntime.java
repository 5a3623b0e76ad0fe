package dev.tandem.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  /** Why a program is to end before its time. */
  public enum Stop {
    /** Every task waits, and no deadline will ever wake one. */
    DEADLOCK,
    /** The next deadline is beyond the horizon. */
    HORIZON,
    /** It took too much of real time. */
    REAL_TIME
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadFactory threads = Thread.ofVirtual().factory();

  // The rest is guarded by the lock; the time and the holder are read without it.
  private final Agenda agenda = new Agenda();
  private final Baton baton;
  private final Ending ending;
  private final Map<Thread, Turn> starting = new HashMap<>();
  private final Map<Waiter, Turn> waiting = new LinkedHashMap<>();
  private final Set<Waiter> overBefore = new HashSet<>();
  private volatile long now;
  private int active = 1;

  private VirtualRuntime(Turns turns, long horizon, Consumer<Stop> onStop) {
    baton = new Baton(turns);
    ending = new Ending(horizon, onStop);
  }

  /**
   * A runtime for the current thread, on which the first who can run is the next.
   *
   * @param horizon how far time goes
   * @param onStop called, at most once, to end the program before its time
   */
  public static VirtualRuntime inOrder(long horizon, Consumer<Stop> onStop) {
    return new VirtualRuntime(Turns.inOrder(), horizon, onStop);
  }

  /** Like {@link #inOrder}, but who is next is chosen at random, and a task may be made to wait. */
  public static VirtualRuntime shuffled(long seed, long horizon, Consumer<Stop> onStop) {
    return new VirtualRuntime(Turns.shuffled(seed), horizon, onStop);
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
      baton.ready(turn);
      baton.give();
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
    return schedule(deadline, false, action);
  }

  @Override
  public Timer scheduleInBackground(long deadline, Runnable action) {
    return schedule(deadline, true, action);
  }

  @Override
  public void passing(Context context) {
    Thread me = Thread.currentThread();
    if (baton.holder() != me) {
      return;
    }
    var turn = new Turn(me, false);
    lock.lock();
    try {
      if ((!baton.isWanted() && !agenda.isDue(now)) || !baton.switches()) {
        return;
      }
      baton.ready(turn);
      baton.letGo();
    } finally {
      lock.unlock();
    }
    goOn();
    turn.await(null, context);
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    // Whoever waits whatever happens looks after others at its deadlines.
    boolean background = !waiter.isCancellable();
    Agenda.Event event = deadline == NEVER ? null : add(deadline, background, waiter::timedOut);
    Thread me = Thread.currentThread();
    Turn turn;
    lock.lock();
    try {
      turn = baton.turnOf(me);
      active--;
      baton.letGo();
      if (overBefore.remove(waiter)) {
        baton.ready(turn);
      } else {
        waiting.put(waiter, turn);
      }
    } finally {
      lock.unlock();
    }
    goOn();
    turn.await(waiter, waiter.context);
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
        baton.ready(turn);
        baton.give();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why the program was ended before its time; null if it was not. */
  public @Nullable Stop stopped() {
    return locked(ending::why);
  }

  /** Ends the program, if that has not been done. */
  void stop(Stop why) {
    Runnable end = locked(() -> ending.begin(why));
    if (end != null) {
      end.run();
    }
  }

  /** Who has the turn; null when nobody has. */
  @Nullable Thread holder() {
    return baton.holder();
  }

  /** How often the turn was given. */
  long steps() {
    return baton.steps();
  }

  /** Who blocks outside Tandem, as far as is known. */
  List<Thread> passedOver() {
    return locked(baton::passedOver);
  }

  /** How many could run, those in the hands of others included. */
  int active() {
    return locked(() -> active);
  }

  /** Takes the turn from {@code blocked}, if it still is that of the given step. */
  void passOver(Thread blocked, long step) {
    lock.lock();
    try {
      baton.passOver(blocked, step);
    } finally {
      lock.unlock();
    }
    goOn();
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
      turn.await(null, null);
    }
  }

  private void neverStarted(Turn turn) {
    lock.lock();
    try {
      starting.remove(turn.thread);
      baton.forget(turn);
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
        baton.leave();
      }
    } finally {
      lock.unlock();
    }
    goOn();
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
          baton.letGo();
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
      if (baton.holder() != null) {
        return null;
      }
      if (baton.isWanted() && !(agenda.isDue(now) && baton.defers())) {
        baton.give();
        return null;
      }
      // Somebody who is outside keeps time from going on, but not what is due now.
      if (!baton.isWanted() && active > 0 && !agenda.isDue(now)) {
        return null;
      }
      Agenda.Event next = agenda.next();
      if (next == null || ending.isBeyond(next.time())) {
        Stop why = next == null ? Stop.DEADLOCK : Stop.HORIZON;
        Runnable end = ending.next(why, waiting.keySet());
        if (end == null) {
          return null;
        }
        next = new Agenda.Event(now, 0, false, end);
      } else {
        agenda.remove(next);
      }
      now = Math.max(now, next.time());
      active++;
      baton.take();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private <T extends @Nullable Object> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private Timer schedule(long deadline, boolean background, Runnable action) {
    if (deadline == NEVER) {
      return () -> {};
    }
    Agenda.Event event = add(deadline, background, action);
    return () -> remove(event);
  }

  private Agenda.Event add(long deadline, boolean background, Runnable action) {
    lock.lock();
    try {
      return agenda.add(deadline, background, action);
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
