package dev.tandem.internal;

/** Why a scope was cancelled; makes the exception that says so. */
public abstract class CancelCause {

  /**
   * A new exception for a thread that learns of the cancellation.
   *
   * @param traced whether it says where it was thrown, which is by far the most of its cost
   */
  public abstract InterruptedException exception(boolean traced);

  /** The path of the task that asked for it; empty when it was no task, or is not known. */
  public String requester() {
    return "";
  }
}
