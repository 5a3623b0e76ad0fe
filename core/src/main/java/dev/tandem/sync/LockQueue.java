package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Parking;
import dev.tandem.internal.ShortLock;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.WaitList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mechanism of a lock and of the conditions that go with it. */
final class LockQueue implements Fiber.Watcher {

  /*
   * The lock is handed over: who gives it back makes the first in the queue its owner, and only
   * then does that one go on. So while anybody waits the lock is never free, and nobody can step in
   * between. A waiter that gave up cannot be signalled, is passed over, and leaves by itself.
   *
   * Who waits for a condition has to have the lock again before it goes on, cancelled or not. It
   * brings its turn for the lock along, and whoever signals puts that into the queue: if those who
   * are woken queued up themselves, they would do so in any order. That second wait takes no notice
   * of cancellation; an interrupt ends it, as any wait, and then it is taken up again in the same
   * place, and the interrupt is handed on when the lock is there.
   *
   * An owner that ends without giving the lock back is watched only while somebody waits, who has
   * the time. The watch is set before it is asked whether the owner has ended, and a task's end is
   * seen before the watchers are told: nobody waits unnoticed. All who wait lose then, also those
   * who wait for a signal, which nobody can give any more.
   */

  private final String name;

  private final ShortLock guard = new ShortLock();

  // Guarded; the owner is read without the guard by those who ask whether they are it.
  private volatile @Nullable Owner owner;
  private int holds;
  private boolean watched;
  private final WaitList<Turn> turns = new WaitList<>();

  // Those of the conditions that somebody waits for, and some that nobody does any more.
  private final List<WaitList<Notice>> awaited = new ArrayList<>(0);

  LockQueue(String name) {
    this.name = name;
  }

  @Nullable Owner owner() {
    return owner;
  }

  /** Takes the lock if it is free; throws when nobody can have it any more. */
  boolean tryLock(Owner me) {
    guard.lock();
    try {
      if (take(me)) {
        return true;
      }
      Owner current = owner;
      if (current != null && current.hasEnded()) {
        throw LockOwnershipException.lost(name, current);
      }
      return false;
    } finally {
      guard.unlock();
    }
  }

  /** Takes the lock, waiting in turn; false when the deadline passed first. */
  boolean lock(Owner me, long deadline) throws InterruptedException {
    Parking.checkpoint();
    Turn turn;
    guard.lock();
    try {
      if (take(me)) {
        return true;
      }
      turn = new Turn(me, 1, true);
      turns.append(turn);
      watchOwner();
    } finally {
      guard.unlock();
    }
    boolean locked = false;
    try {
      locked = Parking.await(turn, deadline);
    } finally {
      if (!locked) {
        leave(turns, turn);
      }
    }
    turn.checkNotLost();
    return locked;
  }

  /** Gives back one hold of the current thread, unless it lost the lock waiting for a signal. */
  void unlock() {
    guard.lock();
    try {
      if (Owner.isCurrent(owner) && --holds == 0) {
        handOver();
      }
    } finally {
      guard.unlock();
    }
  }

  /** True when the owner has ended and left the lock behind. */
  boolean isAbandoned() {
    Owner current = owner;
    return current != null && current.hasEnded();
  }

  /** The owner may have ended: who waits for it is told. */
  @Override
  public void threadLeft() {
    guard.lock();
    try {
      loseIfAbandoned();
    } finally {
      guard.unlock();
    }
  }

  /** The lock, and how many wait in a list of one of its conditions, at one moment. */
  Snapshot snapshot(WaitList<Notice> notices) {
    guard.lock();
    try {
      return new Snapshot(owner, holds, turns.size(), notices.size());
    } finally {
      guard.unlock();
    }
  }

  /** What {@link #snapshot} tells. */
  record Snapshot(@Nullable Owner owner, int holds, int waiting, int waitingForSignal) {

    AsyncLock.Statistics ofLock() {
      return new AsyncLock.Statistics(Optional.ofNullable(owner).map(Owner::where), holds, waiting);
    }
  }

  /**
   * Gives the lock back whole, waits for a signal, and takes the lock as it was.
   *
   * @return false when the deadline passed before a signal came
   */
  boolean await(WaitList<Notice> notices, long deadline) throws InterruptedException {
    Parking.checkpoint();
    Owner me;
    int before;
    Notice notice;
    guard.lock();
    try {
      me = requireNonNull(owner);
      before = holds;
      notice = new Notice(new Turn(me, before, false));
      notices.append(notice);
      if (!awaited.contains(notices)) {
        awaited.add(notices);
      }
      holds = 0;
      handOver();
    } finally {
      guard.unlock();
    }
    boolean signalled;
    try {
      signalled = Parking.await(notice, deadline);
    } catch (Throwable stopped) {
      leave(notices, notice);
      lockAgain(me, before, stopped);
      throw stopped;
    }
    if (signalled) {
      lockAgain(notice.turn);
    } else {
      leave(notices, notice);
      lockAgain(queueAgain(me, before, null));
    }
    Parking.catchUp();
    return signalled;
  }

  /** Signals those who wait for a condition, at most so many, first come, first served. */
  void signal(WaitList<Notice> notices, int count) {
    guard.lock();
    try {
      int left = count;
      Notice next = left > 0 ? notices.poll() : null;
      while (next != null) {
        if (next.signal()) {
          turns.append(next.turn);
          watchOwner();
          left--;
        }
        next = left > 0 ? notices.poll() : null;
      }
    } finally {
      guard.unlock();
    }
  }

  /** Takes the lock as it was, after the wait for a signal was stopped. */
  private void lockAgain(Owner me, int before, Throwable stopped) {
    try {
      lockAgain(queueAgain(me, before, null));
    } catch (LockOwnershipException lost) {
      lost.addSuppressed(stopped);
      if (stopped instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw lost;
    }
  }

  /** Takes the lock as it was, waiting in a turn that has its place in the queue, if in any. */
  private void lockAgain(@Nullable Turn prepared) {
    boolean interrupted = false;
    boolean locked = false;
    Turn turn = prepared;
    while (turn != null && !locked) {
      interrupted |= Thread.interrupted();
      try {
        locked = Parking.await(turn, TaskRuntime.NEVER);
      } catch (InterruptedException whileWaiting) {
        interrupted = true;
        turn = queueAgain(turn.owner, turn.holds, turn);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (turn != null) {
      turn.checkNotLost();
    }
  }

  /** Takes the lock, or a place in the queue: that of {@code lost} if there was one. */
  private @Nullable Turn queueAgain(Owner me, int before, @Nullable Turn lost) {
    guard.lock();
    try {
      if (owner == null) {
        own(me, before);
        return null;
      }
      Turn turn = new Turn(me, before, false);
      if (lost == null) {
        turns.append(turn);
      } else if (lost.isListed()) {
        turns.replace(lost, turn);
      } else {
        // It was passed over, because an interrupt had just ended its wait.
        turns.prepend(turn);
      }
      watchOwner();
      return turn;
    } finally {
      guard.unlock();
    }
  }

  private <E extends WaitList.Entry> void leave(WaitList<E> list, E entry) {
    guard.lock();
    try {
      list.remove(entry);
    } finally {
      guard.unlock();
    }
  }

  private Awaited awaitedLock() {
    Owner current = owner;
    Awaited lock = Awaited.of("lock").named(name);
    return current == null ? lock : lock.heldBy(current.holder());
  }

  // The rest is called with the guard held.

  private boolean take(Owner me) {
    Owner current = owner;
    if (current == null) {
      own(me, 1);
      return true;
    }
    if (!current.isStill(me)) {
      return false;
    }
    holds++;
    return true;
  }

  /** The lock is taken, free or handed over. */
  private void own(Owner me, int times) {
    owner = me;
    holds = times;
    watchOwnerIfAwaited();
  }

  private void watchOwnerIfAwaited() {
    awaited.removeIf(WaitList::isEmpty);
    if (owner != null && !(turns.isEmpty() && awaited.isEmpty())) {
      watchOwner();
    }
  }

  /** Somebody waits: has it told when the owner ends. */
  private void watchOwner() {
    if (!watched) {
      watched = true;
      requireNonNull(owner).watch(this);
    }
    loseIfAbandoned();
  }

  private void loseIfAbandoned() {
    Owner current = owner;
    if (current == null || !current.hasEnded()) {
      return;
    }
    for (Turn next = turns.poll(); next != null; next = turns.poll()) {
      next.lostTo = current;
      next.signal();
    }
    for (WaitList<Notice> notices : awaited) {
      for (Notice next = notices.poll(); next != null; next = notices.poll()) {
        // The turn is no more than where it is told: it is signalled before anybody waits in it.
        next.turn.lostTo = current;
        // One that gave up never waits in this turn, and in virtual time would be waited for.
        if (next.signal()) {
          next.turn.signal();
        }
      }
    }
    awaited.clear();
  }

  private void handOver() {
    if (watched) {
      watched = false;
      requireNonNull(owner).unwatch(this);
    }
    // The owner is written first: it may ask whether it is the owner as soon as it is signalled.
    Turn next;
    do {
      next = turns.poll();
      owner = next == null ? null : next.owner;
      holds = next == null ? 0 : next.holds;
    } while (next != null && !next.signal());
    watchOwnerIfAwaited();
  }

  /** A wait for the lock. */
  private final class Turn extends WaitList.Entry {
    final Owner owner;
    final int holds;

    // Guarded, written before the signal that ends this wait.
    @Nullable Owner lostTo;

    Turn(Owner owner, int holds, boolean cancellable) {
      super(cancellable);
      this.owner = owner;
      this.holds = holds;
    }

    @Override
    protected Awaited awaited() {
      return awaitedLock();
    }

    /** Throws when the signal was that nobody can have the lock any more. */
    void checkNotLost() {
      Owner lost = lostTo;
      if (lost != null) {
        throw LockOwnershipException.lost(name, lost);
      }
    }
  }

  /** A wait for a signal. */
  final class Notice extends WaitList.Entry {
    private final Turn turn;

    private Notice(Turn turn) {
      this.turn = turn;
    }

    @Override
    protected Awaited awaited() {
      return Awaited.of("condition").named(name);
    }
  }
}
