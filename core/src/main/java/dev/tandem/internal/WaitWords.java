package dev.tandem.internal;

/** What a wait is for and how it ended, in words, for those who look on. */
public final class WaitWords {

  private WaitWords() {}

  /** What {@code waiter} waits for, as it is now. */
  public static Awaited of(Waiter waiter) {
    try {
      return waiter.awaited();
    } catch (RuntimeException | StackOverflowError speechless) {
      // A name may be made of what the program gave, whose words may fail.
      return Awaited.of("something that has no words: " + speechless.getClass().getName());
    }
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
