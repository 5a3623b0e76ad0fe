package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a process writes to, with its output or its errors.
 *
 * <pre>{@code
 * Subprocess.of("make").stdout(ProcessOutput.file(log)).stderr(ProcessOutput.merge()).check();
 * }</pre>
 */
public final class ProcessOutput {

  /** The kinds there are. */
  enum Kind {
    CAPTURE,
    PIPE,
    INHERIT,
    DISCARD,
    MERGE,
    FILE,
    APPEND
  }

  private static final ProcessOutput CAPTURE = new ProcessOutput(Kind.CAPTURE, null);
  private static final ProcessOutput PIPE = new ProcessOutput(Kind.PIPE, null);
  private static final ProcessOutput INHERIT = new ProcessOutput(Kind.INHERIT, null);
  private static final ProcessOutput DISCARD = new ProcessOutput(Kind.DISCARD, null);
  private static final ProcessOutput MERGE = new ProcessOutput(Kind.MERGE, null);

  final Kind kind;
  final @Nullable Path file;

  private ProcessOutput(Kind kind, @Nullable Path file) {
    this.kind = kind;
    this.file = file;
  }

  /**
   * Kept for {@link ProcessResult}, up to a limit. The default; but the output of a process that is
   * started, not run, is by default for {@link RunningProcess#stdout}, and of its errors the end is
   * kept.
   */
  public static ProcessOutput capture() {
    return CAPTURE;
  }

  /**
   * For {@link RunningProcess#stdout} or {@link RunningProcess#stderr}. Who does not read holds up
   * the process.
   */
  public static ProcessOutput pipe() {
    return PIPE;
  }

  /** To where this program writes. */
  public static ProcessOutput inherit() {
    return INHERIT;
  }

  /** To nowhere. */
  public static ProcessOutput discard() {
    return DISCARD;
  }

  /** For errors only: to where the output goes. */
  public static ProcessOutput merge() {
    return MERGE;
  }

  /** Into a file, which is emptied first. */
  public static ProcessOutput file(Path file) {
    return new ProcessOutput(Kind.FILE, requireNonNull(file, "file"));
  }

  /** To the end of a file. */
  public static ProcessOutput append(Path file) {
    return new ProcessOutput(Kind.APPEND, requireNonNull(file, "file"));
  }

  /** Whether a pipe leads from the process to here. */
  boolean isPiped() {
    return kind == Kind.CAPTURE || kind == Kind.PIPE;
  }
}
