package dev.tandem.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tasks stand on: a clock, timers, threads, and the one place where a thread parks. There is
 * one for real time; tests put another in its place.
 */
public interface TaskRuntime {

  /** The deadline that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Nanoseconds since some moment of this runtime's own; never negative. */
  long now();

  /** The date and time; if this runtime knows no calendar, the epoch and {@link #now}. */
  default Instant instant() {
    return Instant.EPOCH.plusNanos(now());
  }

  /** A thread for {@code body}, not started yet. */
  Thread newThread(Runnable body);

  /** Starts a thread made by {@link #newThread}. */
  void start(Thread thread);

  /** A task is about to be handed to a thread that was not made here, or to the outside. */
  default void handedOver() {}

  /** What was {@link #handedOver} is taken back, or is over; called by any thread. */
  default void handedBack() {}

  /** Called by the thread of each {@link #start}, when its task has ended. */
  void ended();

  /** Runs {@code action} once, when the clock reads {@code deadline} or soon after. */
  Timer schedule(long deadline, Runnable action);

  /**
   * Like {@link #schedule}, for what only looks after others: a program whose tasks all wait is not
   * kept alive by it.
   */
  default Timer scheduleInBackground(long deadline, Runnable action) {
    return schedule(deadline, action);
  }

  /** The current thread, whose context is given, is where it might have to wait, but need not. */
  default void passing(Context context) {}

  /**
   * Blocks the current thread until {@code waiter} is over, ending it as timed out at {@code
   * deadline} and as interrupted when the thread is, whose flag it leaves as it is. Called by
   * {@link Parking} alone.
   */
  void park(Waiter waiter, long deadline);

  /**
   * Called by whoever is about to end the wait of {@code waiter}: before that, because its thread
   * may see that it is over, and go on, without being woken.
   */
  default void resumes(Waiter waiter) {}

  /** The wait that {@link #resumes} was called for is ended. */
  default void resumed(Waiter waiter) {}

  /** The wait that {@link #resumes} was called for had been ended by another. */
  default void resumedByAnother(Waiter waiter) {}

  /** Who looks at what tasks do here; null while nobody does, which must be cheap to find out. */
  default @Nullable RuntimeObserver observer() {
    return null;
  }

  /** Has {@code observer} told what tasks do here from now on. */
  default void addObserver(RuntimeObserver observer) {}

  /** Takes back one {@link #addObserver}; the observer may be being told at this moment. */
  default void removeObserver(RuntimeObserver observer) {}

  /** Something that will run at its time unless it is cancelled before. */
  interface Timer {
    /** Forgets the action; does nothing when it has run or is running. */
    void cancel();
  }
}
