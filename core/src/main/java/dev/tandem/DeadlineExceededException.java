package dev.tandem;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A deadline passed before the work under it was done. Outside the scope that owns the deadline it
 * is an exception like any other, not a cancellation.
 */
public final class DeadlineExceededException extends TimeoutException {

  private static final long serialVersionUID = 1L;

  private final String owner;
  private final Duration after;

  DeadlineExceededException(String owner, Duration after, @Nullable Throwable cause) {
    super(
        after.isPositive()
            ? owner + " exceeded its deadline of " + Words.of(after)
            : owner + " began after its deadline had passed");
    this.owner = owner;
    this.after = after;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** Who set the deadline: the name given to it and the path of the task it was set in. */
  public String owner() {
    return owner;
  }

  /** How long after entry the deadline was; zero when it had passed by then. */
  public Duration after() {
    return after;
  }
}
