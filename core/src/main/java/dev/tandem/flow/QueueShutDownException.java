package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/**
 * A queue has been shut down: it takes nothing in any more, or there is nothing left to take. Its
 * cause is that of the shutdown, if one was given.
 */
public final class QueueShutDownException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  QueueShutDownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static QueueShutDownException refusingPut(@Nullable Throwable cause) {
    return new QueueShutDownException(
        cause == null
            ? "the queue has been shut down and takes nothing more; put before the shutdown"
            : "the queue has failed and takes nothing more: " + cause,
        cause);
  }

  static QueueShutDownException nothingLeft(@Nullable Throwable cause) {
    return new QueueShutDownException(
        cause == null
            ? "the queue has been shut down and nothing is left in it; to loop until then, use"
                + " forEach or items"
            : "the queue has failed: " + cause,
        cause);
  }
}
