package dev.tandem;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Why something was cancelled, and who asked.
 *
 * @param reason in words, as given to {@code cancel}, or the failure or deadline that caused it
 * @param requester the path of the task that asked; empty when it was asked from outside any task
 * @param cause the failure or the expired deadline behind it, if there is one
 */
public record Cancellation(String reason, String requester, @Nullable Throwable cause)
    implements Serializable {

  /** The reason, and in brackets who asked. */
  @Override
  public String toString() {
    return requester.isEmpty() ? reason : reason + " (by " + requester + ")";
  }
}
