package dev.tandem.internal;

/** What a wait is for and how it ended, in words. */
public final class WaitWords {

  private WaitWords() {}

  /** The kind of what is waited for. */
  public static String kind(Waiter waiter) {
    if (!waiter.isCancellable()) {
      return "tasks";
    }
    if (waiter instanceof Sleep) {
      return "sleep";
    }
    Class<?> type = waiter.getClass();
    Class<?> user = type.getEnclosingClass();
    return type == Waiter.class || user == null ? "wait" : user.getSimpleName();
  }

  /** Its name and state; empty when it has none. */
  public static String resource(Waiter waiter) {
    return "";
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
