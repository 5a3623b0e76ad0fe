package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.internal.Durations;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The lines of a file that grows, as they are added; {@code tail -F}.
 *
 * <pre>{@code
 * try (var lines = FileTail.of(Path.of("/var/log/syslog")).lines()) {
 *   for (String line : lines) {
 *     println(line);
 *   }
 * }
 * }</pre>
 *
 * <p>The loop ends when it is left, cancelled, or fails; the file has no end. A line is given when
 * its line feed, or carriage return and line feed, has been written; what is not of the charset is
 * replaced by U+FFFD.
 *
 * <p><b>What happens to the file.</b> When another file takes its name, as when logs are rotated,
 * the old one is read to its end first, and then the new one from its start. When it becomes
 * shorter, it is read from its start again. In both cases the beginning of a line that was never
 * ended is given as a line. When it is gone, its return is waited for, while what is still written
 * to the one that was open is read. {@link #onEvent} tells of each. A file that is emptied and
 * written further than before, between two looks, cannot be told from one that grew.
 *
 * <p><b>Defaults.</b> From the end; a file that is not there yet is waited for, and read from its
 * start; looked at every 100 ms; UTF-8; lines of at most 64 KiB. A value of this type is immutable
 * and may be used again.
 *
 * <p><b>Cancellation.</b> The wait for more ends at once, and no line is lost: whoever asks again
 * has it. The file is open from {@link #lines} on until the iterator is closed.
 *
 * <p><b>Virtual time.</b> The waits are on Tandem's clock, so a test sees an hour of a log in a
 * moment.
 */
public final class FileTail {

  /** Something that happened to the file. */
  public enum Event {
    /**
     * The file was not there, and now it is: one that had never been there is read from its start,
     * one that was {@link #GONE} and is the same again is read on.
     */
    FOUND,
    /**
     * Another file has taken its name, while it was there or after it was {@link #GONE}; the old
     * one was read to its end, and the new one is read from its start.
     */
    ROTATED,
    /** It has become shorter, maybe while it was {@link #GONE}, and is read from its start. */
    TRUNCATED,
    /**
     * It is not there any more. When there is one again, {@link #FOUND} tells of the same file,
     * {@link #ROTATED} of another, and {@link #TRUNCATED} of the same that has become shorter.
     */
    GONE
  }

  final Path file;
  final boolean fromStart;
  final boolean mustExist;
  final Duration interval;
  final Charset charset;
  final int lineLimit;
  final Consumer<? super Event> listener;

  private FileTail(
      Path file,
      boolean fromStart,
      boolean mustExist,
      Duration interval,
      Charset charset,
      int lineLimit,
      Consumer<? super Event> listener) {
    this.file = file;
    this.fromStart = fromStart;
    this.mustExist = mustExist;
    this.interval = interval;
    this.charset = charset;
    this.lineLimit = lineLimit;
    this.listener = listener;
  }

  /** A file to follow. */
  public static FileTail of(Path file) {
    return new FileTail(
        requireNonNull(file, "file"),
        false,
        false,
        Defaults.TAIL_INTERVAL,
        Defaults.CHARSET,
        Defaults.LINE_LIMIT,
        event -> {});
  }

  /** With the lines that are in the file already. */
  public FileTail fromStart() {
    return new FileTail(file, true, mustExist, interval, charset, lineLimit, listener);
  }

  /** A file that is not there is an error, and not waited for. */
  public FileTail mustExist() {
    return new FileTail(file, fromStart, true, interval, charset, lineLimit, listener);
  }

  /**
   * How often to look at the file when there is nothing to read.
   *
   * @throws IllegalArgumentException when {@code interval} is not longer than zero
   */
  public FileTail every(Duration interval) {
    Durations.positive(interval, "interval");
    return new FileTail(file, fromStart, mustExist, interval, charset, lineLimit, listener);
  }

  /**
   * The charset of the file.
   *
   * @throws IllegalArgumentException for one like UTF-16, in which a line feed is not one byte, and
   *     one that can only be read
   */
  public FileTail charset(Charset charset) {
    return new FileTail(
        file, fromStart, mustExist, interval, Text.lines(charset), lineLimit, listener);
  }

  /**
   * How many bytes a line may have.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public FileTail lineLimit(int bytes) {
    return new FileTail(file, fromStart, mustExist, interval, charset, Text.limit(bytes), listener);
  }

  /** Has {@code listener} told of what happens to the file, by the thread that asks for lines. */
  public FileTail onEvent(Consumer<? super Event> listener) {
    return new FileTail(
        file,
        fromStart,
        mustExist,
        interval,
        charset,
        lineLimit,
        requireNonNull(listener, "listener"));
  }

  /**
   * The lines from now on: those that are written after this call, unless {@link #fromStart} says
   * otherwise.
   *
   * @throws NoSuchFileException when the file is not there, but must be
   * @throws LimitExceededException in the loop, not here: when a line is longer than the limit
   * @throws IOException when the file cannot be looked at, here or in the loop
   * @throws InterruptedException in the loop, not here
   */
  public AsyncIterator<String> lines() throws IOException, InterruptedException {
    return new TailLines(this);
  }

  @Override
  public String toString() {
    return "FileTail[" + file + (fromStart ? ", from its start]" : ", from its end]");
  }
}
