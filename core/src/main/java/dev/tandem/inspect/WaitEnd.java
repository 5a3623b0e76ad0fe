package dev.tandem.inspect;

/** How a wait ended. */
public enum WaitEnd {
  /** What was waited for has come. */
  GRANTED,
  /** Its time was over, as that of a sleep is in the end. */
  TIMED_OUT,
  /** The task, or a scope in it, was cancelled. */
  CANCELLED,
  /** The thread was interrupted from outside. */
  INTERRUPTED
}
