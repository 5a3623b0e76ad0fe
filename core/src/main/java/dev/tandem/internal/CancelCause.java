package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** Why a scope was cancelled; makes the exception that says so. */
public abstract class CancelCause {

  /**
   * A new exception for a thread that learns of the cancellation.
   *
   * @param traced whether it says where it was thrown, which is by far the most of its cost
   */
  public abstract InterruptedException exception(boolean traced);

  /** In words, for people. */
  public String reason() {
    return toString();
  }

  /** The path of the task that asked; empty when none did. */
  public String requester() {
    return "";
  }

  /** The failure that brought it about, if one did. */
  public @Nullable Throwable behind() {
    return null;
  }
}
