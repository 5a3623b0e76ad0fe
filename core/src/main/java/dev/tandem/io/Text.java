package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;

/** Lines as bytes. */
final class Text {

  private Text() {}

  /**
   * A charset that text can be written in.
   *
   * @throws IllegalArgumentException for those that can only be read
   */
  static Charset writable(Charset charset) {
    if (!requireNonNull(charset, "charset").canEncode()) {
      throw new IllegalArgumentException(
          "charset " + charset + " can be read but not written; use UTF-8");
    }
    return charset;
  }

  /**
   * A charset whose lines can be found by looking for the byte of a line feed.
   *
   * @throws IllegalArgumentException for those in which it may be half of another character, and
   *     those that can only be read
   */
  static Charset lines(Charset charset) {
    byte[] lineFeed =
        writable(charset).newEncoder().canEncode('\n') ? "\n".getBytes(charset) : new byte[0];
    if (lineFeed.length != 1 || lineFeed[0] != '\n') {
      throw new IllegalArgumentException(
          "charset "
              + charset
              + " does not write a line feed as the one byte 10, so lines cannot be"
              + " told apart; use UTF-8, or read bytes");
    }
    return charset;
  }

  /** A limit for lines. */
  static int limit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 byte, but was " + limit);
    }
    return limit;
  }

  /** The text of a line, without the line feed, or carriage return and line feed, at its end. */
  static String line(byte[] bytes, int from, int to, Charset charset) {
    int end = to;
    if (end > from && bytes[end - 1] == '\n') {
      end--;
      if (end > from && bytes[end - 1] == '\r') {
        end--;
      }
    }
    return new String(bytes, from, end - from, charset);
  }
}
