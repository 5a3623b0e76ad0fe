package dev.tandem.io;

import java.io.IOException;

/** More came without a line's end, or a delimiter, than may; asyncio's LimitOverrunError. */
public final class LimitExceededException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int limit;

  LimitExceededException(String what, int limit) {
    super(what + " is longer than the limit of " + limit + " bytes; raise it, or read by chunks");
    this.limit = limit;
  }

  /** The limit, in bytes. */
  public int limit() {
    return limit;
  }
}
