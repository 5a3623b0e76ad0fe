package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** Why a scope was cancelled; makes the exception that says so. */
public abstract class CancelCause {

  // Written before a scope publishes the cause, so who finds the cause there finds this one too.
  private long asked = TreeNode.UNKNOWN;

  /** Somebody is about to cancel a scope for it; its time is noted if times are kept. */
  final void asked(TaskRuntime runtime) {
    if (Moments.areKept() && asked == TreeNode.UNKNOWN) {
      asked = runtime.now();
    }
  }

  /** How many nanoseconds ago it was; {@link TreeNode#UNKNOWN} unless times were kept. */
  final long age(long now) {
    return asked == TreeNode.UNKNOWN ? TreeNode.UNKNOWN : Math.max(0, now - asked);
  }

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
