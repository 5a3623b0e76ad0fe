package dev.tandem.internal;

/** What a wait is for and how it ended, in words, for those who look on. */
public final class WaitWords {

  private WaitWords() {}

  /** What {@code waiter} waits for, as it is now; asked by the thread that waits. */
  public static Awaited of(Waiter waiter) {
    return waiter.awaited();
  }

  /** How the wait ended. */
  static String end(Waiter waiter) {
    if (waiter.isSignalled()) {
      return "granted";
    }
    if (waiter.isCancelled()) {
      return "cancelled";
    }
    return waiter.isInterrupted() ? "interrupted" : "timed out";
  }
}
