package dev.tandem.io;

import java.io.EOFException;
import java.util.OptionalInt;

/** The stream ended before all that was asked for had come; asyncio's IncompleteReadError. */
public final class IncompleteReadException extends EOFException {

  private static final long serialVersionUID = 1L;

  private final byte[] partial;
  private final int expected;

  /**
   * A read that fell short.
   *
   * @param expected how many bytes were wanted; -1 when they were to end with a delimiter
   */
  IncompleteReadException(String peer, byte[] partial, int expected) {
    super(
        peer
            + " ended after "
            + partial.length
            + " bytes, before "
            + (expected < 0 ? "the delimiter came" : "all of the " + expected + " had come"));
    this.partial = partial;
    this.expected = expected;
  }

  /** What had come; the stream no longer has it. */
  public byte[] partial() {
    return partial.clone();
  }

  /** How many bytes were wanted; empty when they were to end with a delimiter. */
  public OptionalInt expected() {
    return expected < 0 ? OptionalInt.empty() : OptionalInt.of(expected);
  }
}
