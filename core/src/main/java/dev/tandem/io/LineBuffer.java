package dev.tandem.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes of a file that become lines, once their line feed is there. */
final class LineBuffer {

  private final Charset charset;
  private final int limit;
  private final String name;
  private byte[] bytes = new byte[Defaults.CHUNK];
  private int start;
  private int end;
  private int looked;

  // What was there of a line when no more could come; it is a line, before all others.
  private @Nullable String unended;

  LineBuffer(Charset charset, int limit, String name) {
    this.charset = charset;
    this.limit = limit;
    this.name = name;
  }

  /** The next line that is there; null when there is none. */
  @Nullable String next() throws LimitExceededException {
    String before = unended;
    if (before != null) {
      unended = null;
      return before;
    }
    while (looked < end) {
      if (bytes[looked++] == '\n') {
        check(looked - 1 - start);
        String line = Text.line(bytes, start, looked, charset);
        start = looked;
        return line;
      }
    }
    check(end - start);
    return null;
  }

  /** Reads some more; what came is what {@link RandomAccessFile#read} returned. */
  int fillFrom(RandomAccessFile file) throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      looked -= start;
      end -= start;
      start = 0;
    }
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int count = file.read(bytes, end, bytes.length - end);
    end += Math.max(0, count);
    return count;
  }

  /** There will be no more of the line that is there in part. */
  void endLine() {
    if (start < end) {
      unended = Text.line(bytes, start, end, charset);
      start = end;
      looked = end;
    }
  }

  private void check(int length) throws LimitExceededException {
    if (length > limit) {
      throw new LimitExceededException("a line of " + name, limit, "raise it with lineLimit");
    }
  }
}
