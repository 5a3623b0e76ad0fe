package dev.tandem.internal;

/**
 * What tasks stand on: a clock, timers, threads, and the one place where a thread parks. There is
 * one for real time; tests put another in its place.
 */
public interface TaskRuntime {

  /** The deadline that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Nanoseconds since some moment of this runtime's own; never negative. */
  long now();

  /** A thread for {@code body}, not started yet. */
  Thread newThread(Runnable body);

  /** Starts a thread made by {@link #newThread}. */
  void start(Thread thread);

  /** Called by a thread of {@link #start} as the last thing it does. */
  void ended();

  /** Runs {@code action} once, when the clock reads {@code deadline} or soon after. */
  Timer schedule(long deadline, Runnable action);

  /**
   * Blocks the current thread until {@code waiter} is over, ending it as timed out at {@code
   * deadline} and as interrupted when the thread is, whose flag stays up. Called by {@link Parking}
   * alone.
   */
  void park(Waiter waiter, long deadline);

  /** Called by whoever ended the wait of {@code waiter}, before its thread is woken. */
  void resumed(Waiter waiter);

  /** Something that will run at its time unless it is cancelled before. */
  interface Timer {
    /** Forgets the action; does nothing when it has run or is running. */
    void cancel();
  }
}
