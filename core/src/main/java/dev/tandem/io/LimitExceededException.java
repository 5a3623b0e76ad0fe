package dev.tandem.io;

import java.io.IOException;

/** More came without a line's end, or a delimiter, than may; asyncio's LimitOverrunError. */
public final class LimitExceededException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int limit;

  /** The exception, with what to do about it. */
  LimitExceededException(String what, int limit, String advice) {
    super(what + " is longer than the limit of " + limit + " bytes; " + advice);
    this.limit = limit;
  }

  /** The limit, in bytes. */
  public int limit() {
    return limit;
  }
}
