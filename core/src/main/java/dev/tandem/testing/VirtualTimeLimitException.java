package dev.tandem.testing;

import org.jspecify.annotations.Nullable;

/**
 * A program in virtual time went past its horizon, or took too much of real time, and was
 * cancelled. The message shows the tree of tasks as it stood.
 */
public final class VirtualTimeLimitException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  VirtualTimeLimitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
