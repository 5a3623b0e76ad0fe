package dev.tandem;

/** Where a task is in its life. */
public enum TaskState {
  /** Running, waiting, or about to be. */
  RUNNING,
  /** Asked to stop, and not stopped yet. */
  CANCELLING,
  /** Returned. */
  SUCCEEDED,
  /** Threw. */
  FAILED,
  /** Stopped because it was asked to. */
  CANCELLED
}
