package dev.tandem.http;

import java.io.IOException;
import java.util.Arrays;

/** Reads a whole body into memory, and not more of it than allowed. */
final class BodyReader {

  private BodyReader() {}

  /**
   * The body of the response whose head was read last. The memory taken follows what has come, not
   * what the head promises.
   */
  static byte[] readAll(Connection connection, Head head, Outgoing request, long limit)
      throws IOException {
    if (head.length() > limit) {
      throw tooLarge(request, limit);
    }
    long expected = head.length() < 0 ? Defaults.BODY_CHUNK : head.length();
    byte[] bytes = new byte[(int) Math.min(Defaults.BODY_CHUNK, expected)];
    int size = 0;
    while (true) {
      if (size == bytes.length) {
        // One byte more than fits: the end is only seen by asking for what is behind it.
        byte[] next = new byte[1];
        if (connection.read(next, 0, 1) < 0) {
          return bytes;
        }
        if (size >= limit) {
          throw tooLarge(request, limit);
        }
        bytes = Arrays.copyOf(bytes, larger(size, limit));
        bytes[size++] = next[0];
      }
      int count = connection.read(bytes, size, bytes.length - size);
      if (count < 0) {
        return Arrays.copyOf(bytes, size);
      }
      size += count;
      if (size > limit) {
        throw tooLarge(request, limit);
      }
    }
  }

  private static int larger(int size, long limit) {
    long doubled = Math.max(Defaults.BODY_CHUNK, 2L * size);
    return (int) Math.min(Math.min(doubled, Math.max(limit, size + 1L)), Integer.MAX_VALUE - 8);
  }

  private static BodyTooLargeException tooLarge(Outgoing request, long limit) {
    return new BodyTooLargeException(request.method, request.url.toString(), limit);
  }
}
