package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.Tandem;
import dev.tandem.flow.AsyncIterator;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come in, taken as lines, by number, or up to a delimiter; asyncio's StreamReader.
 *
 * <pre>{@code
 * String greeting = reader.readLine();
 * byte[] header = reader.readExactly(4);
 * byte[] record = reader.readUntil("\0");
 * }</pre>
 *
 * <p>One task reads at a time; a second one is refused with {@link IllegalStateException}.
 *
 * <p><b>Cancellation.</b> A read that throws because of cancellation took nothing. Whether there
 * can be another one depends on what is read from: a process goes on, a connection is closed.
 */
public final class StreamReader {

  private static final byte[] LINE_FEED = {'\n'};

  /** A larger buffer is not kept once it is empty. */
  private static final int KEPT_BUFFER = 1 << 20;

  /** For those who find more than may be; it is still there. */
  private static final String ADVICE = "raise it, or take it in pieces with StreamReader.read";

  private final ByteSource source;
  private final Charset charset;
  private final int limit;
  private final Turn turn = new Turn();

  // What has come and was not taken: from start, up to end. Only who has the turn touches these.
  private byte[] buffer = new byte[0];
  private int start;
  private int end;
  private boolean ended;

  StreamReader(ByteSource source, Charset charset, int limit) {
    this.source = source;
    this.charset = charset;
    this.limit = limit;
  }

  /**
   * A reader over bytes from anywhere.
   *
   * @param limit how many bytes a line may have, or what comes before a delimiter
   * @throws IllegalArgumentException when {@code limit} is below 1, or the charset is one like
   *     UTF-16, in which a line feed is not one byte
   */
  public static StreamReader of(ByteSource source, Charset charset, int limit) {
    return new StreamReader(
        requireNonNull(source, "source"), Text.lines(charset), Text.limit(limit));
  }

  /**
   * Waits for some bytes.
   *
   * @param max how many at most
   * @return at least one byte; none at the end of the stream
   * @throws IllegalArgumentException when {@code max} is below 1
   */
  public byte[] read(int max) throws IOException, InterruptedException {
    if (max < 1) {
      throw new IllegalArgumentException("max must be at least 1, but was " + max);
    }
    return reading(() -> start < end || fill() ? take(Math.min(max, end - start)) : new byte[0]);
  }

  /**
   * Waits for so many bytes.
   *
   * @throws IncompleteReadException when the stream ended before; it carries what had come
   * @throws IllegalArgumentException when {@code count} is below 0
   */
  public byte[] readExactly(int count) throws IOException, InterruptedException {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, but was " + count);
    }
    return reading(
        () -> {
          while (end - start < count) {
            if (!fill()) {
              throw new IncompleteReadException(source.toString(), take(end - start), count);
            }
          }
          return take(count);
        });
  }

  /**
   * Waits for a delimiter.
   *
   * @return everything up to the delimiter, and the delimiter
   * @throws IncompleteReadException when the stream ended before; it carries what had come
   * @throws LimitExceededException when what comes before it is longer than the limit; it is still
   *     there to be read otherwise
   * @throws IllegalArgumentException when the delimiter is empty
   */
  public byte[] readUntil(byte[] delimiter) throws IOException, InterruptedException {
    if (requireNonNull(delimiter, "delimiter").length == 0) {
      throw new IllegalArgumentException("delimiter must have at least 1 byte, but was empty");
    }
    byte[] wanted = delimiter.clone();
    return reading(
        () -> {
          int length = awaitDelimiter(wanted, "what comes before the delimiter");
          if (length < 0) {
            throw new IncompleteReadException(source.toString(), take(end - start), -1);
          }
          return take(length);
        });
  }

  /** Like {@link #readUntil(byte[])}, with a delimiter in the stream's charset. */
  public byte[] readUntil(String delimiter) throws IOException, InterruptedException {
    return readUntil(requireNonNull(delimiter, "delimiter").getBytes(charset));
  }

  /**
   * Waits for a line. It ends with a line feed, or a carriage return and a line feed, which are not
   * part of what is returned; the last line needs no end. What is not of the charset is replaced by
   * U+FFFD.
   *
   * @return the line; null at the end of the stream
   * @throws LimitExceededException when the line is longer than the limit; what came of it is still
   *     there to be read otherwise
   */
  public @Nullable String readLine() throws IOException, InterruptedException {
    return this.<@Nullable String>reading(this::line);
  }

  /**
   * Waits for everything up to the end of the stream.
   *
   * @throws LimitExceededException when there is more than {@code atMost}; it is still there
   * @throws IllegalArgumentException when {@code atMost} is below 1
   */
  public byte[] readAll(int atMost) throws IOException, InterruptedException {
    Text.limit(atMost);
    return reading(
        () -> {
          do {
            if (end - start > atMost) {
              throw new LimitExceededException("what is left of " + source, atMost, ADVICE);
            }
          } while (fill());
          return take(end - start);
        });
  }

  /**
   * The lines that are still to come, see {@link #readLine}. Leaving the loop closes nothing: what
   * was not taken can still be read here. A line counts as taken once {@code hasNext} has seen it,
   * or an operator that works ahead, like {@code buffer}, has asked for it.
   *
   * @throws IOException in the loop, not here
   * @throws InterruptedException in the loop, not here
   */
  public AsyncIterator<String> lines() throws IOException, InterruptedException {
    return AsyncIterator.untilNull(this::readLine);
  }

  /** Whether the end was seen and everything before it was taken; does not wait. */
  public boolean isAtEnd() {
    return ended && start == end;
  }

  @Override
  public String toString() {
    return "StreamReader["
        + source
        + ", "
        + (end - start)
        + " bytes there"
        + (ended ? ", ended]" : "]");
  }

  /** How many bytes have come that nobody took. */
  int buffered() {
    return end - start;
  }

  /** Something that is read. */
  @FunctionalInterface
  private interface Reading<T extends @Nullable Object> {
    T read() throws IOException, InterruptedException;
  }

  private <T extends @Nullable Object> T reading(Reading<T> what)
      throws IOException, InterruptedException {
    Tandem.checkpoint();
    source.ensureOpen();
    turn.begin(source);
    try {
      return what.read();
    } finally {
      turn.end();
    }
  }

  private @Nullable String line() throws IOException, InterruptedException {
    int length = awaitDelimiter(LINE_FEED, "a line");
    if (length < 0 && start == end) {
      return null;
    }
    int until = length < 0 ? end : start + length;
    String line = Text.line(buffer, start, until, charset);
    drop(until - start);
    return line;
  }

  /** The length of what is there with the delimiter; -1 when the stream ended without one. */
  private int awaitDelimiter(byte[] delimiter, String what)
      throws IOException, InterruptedException {
    int from = 0;
    while (true) {
      int found = indexOf(delimiter, from);
      int before = found < 0 ? end - start - delimiter.length + 1 : found;
      if (before > limit) {
        throw new LimitExceededException(what + " from " + source, limit, ADVICE);
      }
      if (found >= 0) {
        return found + delimiter.length;
      }
      from = Math.max(0, before);
      if (!fill()) {
        return -1;
      }
    }
  }

  /** Where the delimiter begins, counted from the start of what is there; -1 when it is not. */
  private int indexOf(byte[] delimiter, int from) {
    int last = end - delimiter.length;
    for (int at = start + from; at <= last; at++) {
      if (buffer[at] == delimiter[0]
          && Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
        return at - start;
      }
    }
    return -1;
  }

  /** Waits for more; false at the end of the stream. */
  private boolean fill() throws IOException, InterruptedException {
    if (ended) {
      return false;
    }
    makeRoom();
    int count = source.read(buffer, end, buffer.length - end);
    if (count < 0) {
      ended = true;
      return false;
    }
    end += count;
    return true;
  }

  private void makeRoom() {
    if (start == end) {
      start = 0;
      end = 0;
      if (buffer.length == 0 || buffer.length > KEPT_BUFFER) {
        buffer = new byte[Defaults.CHUNK];
      }
    } else if (buffer.length - end < Defaults.CHUNK / 2) {
      int length = end - start;
      byte[] roomy = length * 2L < buffer.length ? buffer : new byte[grown(length)];
      System.arraycopy(buffer, start, roomy, 0, length);
      buffer = roomy;
      start = 0;
      end = length;
    }
  }

  private static int grown(int length) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, length * 2L + Defaults.CHUNK));
  }

  private byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(buffer, start, start + count);
    drop(count);
    return taken;
  }

  private void drop(int count) {
    start += count;
  }
}
