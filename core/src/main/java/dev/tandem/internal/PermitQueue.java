package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Permits handed out first come, first served; the mechanism under every limit. */
public final class PermitQueue {

  /*
   * While nobody waits, the permits are a number that is changed by compare-and-set. The lowest bit
   * of the same word says that somebody waits, or that the queue is shut. It is set and cleared
   * under the lock, and while it is set the word is changed only there: so nobody overtakes who
   * waits, and none that is released slips past somebody about to wait for it.
   *
   * Whoever frees permits then walks the queue from its head and hands them over: first the
   * waiter's compare-and-set is won, then the permits are taken. A waiter that gave up loses that
   * race, gets nothing, and leaves the queue by itself. The head may want more than there is; then
   * those behind it wait too, or a large request would starve.
   */

  private static final VarHandle STATE;

  private static final long GUARDED = 1;
  private static final int LOOKS = 20;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(PermitQueue.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ShortLock lock = new ShortLock();
  private final WaitList<Acquire> waiting = new WaitList<>();
  private final Alerting alerting = new Alerting();
  private final Awaited.Source source;

  // Twice the free permits, and the mark. Below zero while more are out than a resize has left.
  private volatile long state;

  // Volatile: written under the lock, read without it at the door.
  private volatile long limit;
  private volatile boolean shut;

  /** Like {@link #PermitQueue(long, Awaited.Source)}, for waits of which no more is known. */
  public PermitQueue(long permits, String kind) {
    this(permits, () -> Awaited.of(kind));
  }

  /** A queue of permits for nothing in particular. */
  public PermitQueue(long permits) {
    this(permits, "permits");
  }

  /**
   * A queue that takes back as many permits as it is given.
   *
   * @param source what those wait for who wait here
   */
  public PermitQueue(long permits, Awaited.Source source) {
    this(permits, Long.MAX_VALUE, source);
  }

  private PermitQueue(long permits, long limit, Awaited.Source source) {
    this.state = permits << 1;
    this.limit = limit;
    this.source = source;
  }

  /** Like {@link #limited(long, Awaited.Source)}, for waits that nobody asks about. */
  public static PermitQueue limited(long permits) {
    return limited(permits, () -> Awaited.of("permits"));
  }

  /** A queue with so many permits in all, whose number can be changed. */
  public static PermitQueue limited(long permits, Awaited.Source source) {
    return new PermitQueue(permits, permits, source);
  }

  /** How a request for permits ended. */
  public enum Answer {
    GRANTED,
    /** The deadline passed first. */
    TIMED_OUT,
    /** The queue is shut. */
    SHUT,
    /** More were asked for than there are in all. */
    TOO_MANY
  }

  /** Takes permits if they are there and nobody waits. */
  public boolean tryAcquire(int permits) {
    long seen = state;
    while (!isGuarded(seen)) {
      if (free(seen) < permits) {
        return false;
      }
      if (STATE.compareAndSet(this, seen, seen - ((long) permits << 1))) {
        return true;
      }
      seen = state;
    }
    lock.lock();
    try {
      return take(permits);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes permits, waiting in turn.
   *
   * @return false when the deadline passed first, or the queue is shut
   * @throws InterruptedException when cancelled or interrupted; then nothing was taken
   */
  public boolean acquire(int permits, long deadline) throws InterruptedException {
    return ask(permits, deadline) == Answer.GRANTED;
  }

  /**
   * Takes permits, waiting in turn, and tells why if it got none.
   *
   * @throws InterruptedException when cancelled or interrupted; then nothing was taken
   */
  public Answer ask(int permits, long deadline) throws InterruptedException {
    Context context = Parking.enter();
    long seen = state;
    if (!isGuarded(seen)
        && free(seen) >= permits
        && STATE.compareAndSet(this, seen, seen - ((long) permits << 1))) {
      return Answer.GRANTED;
    }
    Acquire entry = new Acquire(context, permits);
    Answer atOnce = stand(entry);
    if (atOnce != null) {
      return atOnce;
    }
    boolean signalled = false;
    try {
      signalled = Parking.await(entry, deadline);
      return signalled ? entry.answer() : Answer.TIMED_OUT;
    } finally {
      if (!signalled) {
        giveUp(entry);
      }
      alerting.ended(entry);
    }
  }

  /** Queues up, unless there is an answer at once. */
  private @Nullable Answer stand(Acquire entry) {
    boolean isNext;
    lock.lock();
    try {
      if (shut) {
        return Answer.SHUT;
      }
      if (entry.permits > limit) {
        return Answer.TOO_MANY;
      }
      if (takeOrGuard(entry.permits)) {
        return Answer.GRANTED;
      }
      waiting.append(entry);
      isNext = waiting.size() == 1;
    } finally {
      lock.unlock();
    }
    if (isNext && entry.maySpin()) {
      // It is often served sooner than it could park.
      entry.look(LOOKS);
    }
    return null;
  }

  /** Puts permits back and hands them to those whose turn it is. */
  public void release(int permits) {
    long seen = state;
    while (!isGuarded(seen)) {
      if (STATE.compareAndSet(this, seen, seen + ((long) permits << 1))) {
        return;
      }
      seen = state;
    }
    Acquire granted;
    Acquire next;
    lock.lock();
    try {
      add(permits);
      granted = grant();
      next = waiting.first();
    } finally {
      lock.unlock();
    }
    wake(granted);
    if (granted != null && next != null) {
      alerting.turnBefore(next);
    }
  }

  /**
   * Changes how many permits there are in all. Fewer: those that are out come back before anybody
   * gets one, and who waits for more than there are now is sent away.
   */
  public void resize(long permits) {
    Acquire granted;
    lock.lock();
    try {
      long change = permits - limit;
      limit = permits;
      add(change);
      Acquire next = waiting.first();
      while (next != null) {
        Acquire behind = waiting.after(next);
        if (next.permits > permits) {
          turnAway(next);
        }
        next = behind;
      }
      granted = grant();
    } finally {
      lock.unlock();
    }
    wake(granted);
  }

  /** From now on nobody is given a permit; those who wait are sent away. */
  public void shut() {
    lock.lock();
    try {
      shut = true;
      guard();
      for (Acquire next = waiting.first(); next != null; next = waiting.first()) {
        turnAway(next);
      }
    } finally {
      lock.unlock();
    }
  }

  public boolean isShut() {
    return shut;
  }

  /** How many permits there are in all, free or not. */
  public long limit() {
    return limit;
  }

  /** A consistent view: permits free now, waiters in the queue, and permits in all. */
  public Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(free(state), waiting.size(), limit);
    } finally {
      lock.unlock();
    }
  }

  /** Free permits, waiting tasks and permits in all, at one moment. */
  public record Snapshot(long available, int waiting, long limit) {

    /** How many of {@code permits} are free, and who wants some. */
    public String inWords(long permits) {
      return "permits " + available + "/" + permits + " free, " + waiting + " waiting";
    }
  }

  private static boolean isGuarded(long state) {
    return (state & GUARDED) != 0;
  }

  private static long free(long state) {
    return state >> 1;
  }

  private void giveUp(Acquire entry) {
    Acquire granted;
    lock.lock();
    try {
      // It may have stood before others who want less.
      granted = waiting.remove(entry) ? grant() : null;
    } finally {
      lock.unlock();
    }
    wake(granted);
  }

  /** Wakes those to whom permits were handed; not under the lock, for it takes long. */
  private void wake(@Nullable Acquire granted) {
    for (Acquire next = granted; next != null; next = waiting.after(next)) {
      next.wake();
    }
  }

  // The rest is called with the lock held.

  private boolean take(int permits) {
    while (true) {
      long seen = state;
      if (isGuarded(seen) || free(seen) < permits) {
        return false;
      }
      if (STATE.compareAndSet(this, seen, seen - ((long) permits << 1))) {
        return true;
      }
    }
  }

  /** Takes permits that are there for the taking; else sees to it that none goes past the lock. */
  private boolean takeOrGuard(int permits) {
    while (true) {
      long seen = state;
      if (isGuarded(seen)) {
        return false;
      }
      boolean enough = free(seen) >= permits;
      long next = enough ? seen - ((long) permits << 1) : seen | GUARDED;
      if (STATE.compareAndSet(this, seen, next)) {
        return enough;
      }
    }
  }

  private void guard() {
    STATE.getAndBitwiseOr(this, GUARDED);
  }

  private void add(long permits) {
    long seen = state;
    if (isGuarded(seen)) {
      // Nobody else changes it, so that needs no atomic change, and no fence.
      STATE.setRelease(this, seen + (permits << 1));
    } else {
      STATE.getAndAdd(this, permits << 1);
    }
  }

  /** Hands over what is free; who was given something is still to be woken. */
  private @Nullable Acquire grant() {
    long seen = state;
    if (!isGuarded(seen)) {
      return null;
    }
    long free = free(seen);
    Acquire granted = null;
    Acquire last = null;
    Acquire next = waiting.first();
    while (next != null && next.permits <= free) {
      waiting.remove(next);
      if (next.claim()) {
        free -= next.permits;
        if (last == null) {
          granted = next;
        } else {
          waiting.chain(last, next);
        }
        last = next;
      }
      next = waiting.first();
    }
    STATE.setRelease(this, (free << 1) | (next != null || shut ? GUARDED : 0));
    return granted;
  }

  private void turnAway(Acquire entry) {
    waiting.remove(entry);
    entry.turnedAway = true;
    entry.signal();
  }

  private final class Acquire extends WaitList.Entry {
    final int permits;

    // Written before the wait is ended by it, read after.
    boolean turnedAway;

    Acquire(@Nullable Context context, int permits) {
      super(context);
      this.permits = permits;
    }

    Answer answer() {
      if (!turnedAway) {
        return Answer.GRANTED;
      }
      return shut ? Answer.SHUT : Answer.TOO_MANY;
    }

    @Override
    protected Awaited awaited() {
      return source.awaited();
    }
  }
}
