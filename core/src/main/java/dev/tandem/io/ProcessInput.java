package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.flow.AsyncIterator;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a process reads from.
 *
 * <pre>{@code
 * ProcessResult sorted = Subprocess.of("sort").stdin(ProcessInput.lines(names)).run();
 * }</pre>
 */
public final class ProcessInput {

  /** The kinds there are. */
  enum Kind {
    NONE,
    INHERIT,
    FILE,
    PIPE,
    BYTES,
    LINES
  }

  private static final ProcessInput NONE = new ProcessInput(Kind.NONE, null, null, null);
  private static final ProcessInput INHERIT = new ProcessInput(Kind.INHERIT, null, null, null);
  private static final ProcessInput PIPE = new ProcessInput(Kind.PIPE, null, null, null);

  final Kind kind;
  final @Nullable Path file;
  final byte @Nullable [] bytes;
  final @Nullable Iterable<String> lines;

  private ProcessInput(
      Kind kind, @Nullable Path file, byte @Nullable [] bytes, @Nullable Iterable<String> lines) {
    this.kind = kind;
    this.file = file;
    this.bytes = bytes;
    this.lines = lines;
  }

  /** Nothing: the process finds the end at once. The default. */
  public static ProcessInput none() {
    return NONE;
  }

  /** What this program reads from, perhaps a terminal. */
  public static ProcessInput inherit() {
    return INHERIT;
  }

  /** A file. */
  public static ProcessInput file(Path file) {
    return new ProcessInput(Kind.FILE, requireNonNull(file, "file"), null, null);
  }

  /** What is written to {@link RunningProcess#stdin}, until that is closed. */
  public static ProcessInput pipe() {
    return PIPE;
  }

  /** These bytes. */
  public static ProcessInput bytes(byte[] bytes) {
    return new ProcessInput(Kind.BYTES, null, requireNonNull(bytes, "bytes").clone(), null);
  }

  /** This text, in UTF-8. */
  public static ProcessInput text(String text) {
    return text(text, StandardCharsets.UTF_8);
  }

  /**
   * This text, in a charset.
   *
   * @throws IllegalArgumentException for a charset that can only be read
   */
  public static ProcessInput text(String text, Charset charset) {
    requireNonNull(text, "text");
    Text.writable(charset);
    return new ProcessInput(Kind.BYTES, null, text.getBytes(charset), null);
  }

  /**
   * These lines, in the process's charset, each with a line feed. They are asked for while the
   * process reads, by a thread of their own. When they fail, the process finds the end, and {@code
   * run} fails as they did. Once it reads no more they are closed, if they can be, as an {@link
   * AsyncIterator} can; what fails in that is logged.
   */
  public static ProcessInput lines(Iterable<String> lines) {
    return new ProcessInput(Kind.LINES, null, null, requireNonNull(lines, "lines"));
  }

  /** Whether a pipe leads from here to the process. */
  boolean isPiped() {
    return kind == Kind.PIPE || kind == Kind.BYTES || kind == Kind.LINES;
  }
}
