package dev.tandem.internal;

/** What a wait is for and how it ended, in words. */
public final class WaitWords {

  private WaitWords() {}

  /** The kind of what is waited for. */
  public static String kind(Waiter waiter) {
    return waiter.awaited().kind();
  }

  /** Its name and state; empty when it has none. */
  public static String resource(Waiter waiter) {
    Awaited awaited = waiter.awaited();
    return (awaited.name() + " " + awaited.state()).strip();
  }

  /** How the wait ended. */
  public static String end(Waiter waiter) {
    if (waiter.isSignalled()) {
      return "granted";
    }
    if (waiter.isCancelled()) {
      return "cancelled";
    }
    return waiter.isInterrupted() ? "interrupted" : "timed out";
  }
}
