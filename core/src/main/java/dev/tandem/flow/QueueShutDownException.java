package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/**
 * A queue or a broadcast has been shut down: it takes nothing in any more, or there is nothing left
 * to take. Its cause is that of the shutdown, if one was given.
 */
public final class QueueShutDownException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  QueueShutDownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static QueueShutDownException refusingPut(@Nullable Throwable cause) {
    return refusing("queue", "takes nothing more", "put before the shutdown", cause);
  }

  static QueueShutDownException refusingPublish(@Nullable Throwable cause) {
    return refusing("broadcast", "takes nothing more", "publish before the shutdown", cause);
  }

  static QueueShutDownException refusingSubscriber(@Nullable Throwable cause) {
    return refusing(
        "broadcast", "takes no more subscribers", "subscribe before the shutdown", cause);
  }

  /** Nothing is left in the queue. */
  static QueueShutDownException nothingLeft(@Nullable Throwable cause) {
    return nothingLeft("queue", "in it", cause);
  }

  /** Nothing is left for one subscriber of a broadcast. */
  static QueueShutDownException nothingForSubscriber(@Nullable Throwable cause) {
    return nothingLeft("broadcast", "for this subscription", cause);
  }

  /** Nothing is left in any of those of a select, and none of them failed. */
  static QueueShutDownException nothingToSelect() {
    return new QueueShutDownException(
        "all that the select takes from has been shut down, and nothing is left in it", null);
  }

  private static QueueShutDownException refusing(
      String what, String refusal, String advice, @Nullable Throwable cause) {
    return new QueueShutDownException(
        cause == null
            ? "the " + what + " has been shut down and " + refusal + "; " + advice
            : "the " + what + " has failed and " + refusal + ": " + cause,
        cause);
  }

  private static QueueShutDownException nothingLeft(
      String what, String where, @Nullable Throwable cause) {
    return new QueueShutDownException(
        cause == null
            ? "the "
                + what
                + " has been shut down and nothing is left "
                + where
                + "; to loop until then, use forEach or items"
            : "the " + what + " has failed: " + cause,
        cause);
  }
}
