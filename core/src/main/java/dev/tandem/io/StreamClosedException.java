package dev.tandem.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stream was used after it had been closed on this side; the message says by what. */
public final class StreamClosedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * For other kinds of {@link Connection}.
   *
   * @param message what was closed, by what, and what to do now
   */
  public StreamClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
