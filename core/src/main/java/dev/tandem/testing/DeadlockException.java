package dev.tandem.testing;

import org.jspecify.annotations.Nullable;

/**
 * Under virtual time every task waited, and no deadline would ever have woken one. The message
 * shows the tree of tasks as it stood.
 */
public final class DeadlockException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  DeadlockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
