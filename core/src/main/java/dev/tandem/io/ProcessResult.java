package dev.tandem.io;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How a process ended, and what it wrote.
 *
 * <pre>{@code
 * ProcessResult result = Subprocess.of("git", "status", "--short").run();
 * if (result.isSuccess()) {
 *   result.lines().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class ProcessResult {

  private final String command;
  private final int exitStatus;
  private final Captured stdout;
  private final Captured stderr;
  private final Charset charset;
  private final boolean cutOff;

  ProcessResult(
      String command,
      int exitStatus,
      Captured stdout,
      Captured stderr,
      Charset charset,
      boolean cutOff) {
    this.command = command;
    this.exitStatus = exitStatus;
    this.stdout = stdout;
    this.stderr = stderr;
    this.charset = charset;
    this.cutOff = cutOff;
  }

  /** How it ended; where a signal ended it, 128 and the signal's number. */
  public int exitStatus() {
    return exitStatus;
  }

  /** Whether it ended with status 0. */
  public boolean isSuccess() {
    return exitStatus == 0;
  }

  /** Its output, as far as it was captured and within the limit. */
  public byte[] stdoutBytes() {
    return stdout.bytes();
  }

  /** Its output as text. */
  public String stdout() {
    return new String(stdout.bytes(), charset);
  }

  /** The lines of its output. */
  public List<String> lines() {
    return stdout().lines().toList();
  }

  /** Its errors, as far as they were captured and within the limit. */
  public byte[] stderrBytes() {
    return stderr.bytes();
  }

  /** Its errors as text. */
  public String stderr() {
    return new String(stderr.bytes(), charset);
  }

  /** Whether it wrote more than the limit, to its output or its errors. */
  public boolean isTruncated() {
    return stdout.total() > stdout.bytes().length || stderr.total() > stderr.bytes().length;
  }

  /** How many bytes it wrote to its output, with those beyond the limit. */
  public long stdoutLength() {
    return stdout.total();
  }

  /** How many bytes it wrote to its errors, with those beyond the limit. */
  public long stderrLength() {
    return stderr.total();
  }

  /**
   * Whether processes that it left behind held its output open, and were not waited for any longer;
   * see {@link Subprocess#drain}.
   */
  public boolean isCutOff() {
    return cutOff;
  }

  /**
   * This, when the status is 0.
   *
   * @throws SubprocessFailedException when it is another; with the end of its errors
   */
  public ProcessResult check() throws SubprocessFailedException {
    if (exitStatus != 0) {
      throw new SubprocessFailedException(command, exitStatus, tail());
    }
    return this;
  }

  @Override
  public String toString() {
    return "ProcessResult["
        + command
        + ", status "
        + exitStatus
        + ", "
        + stdout.total()
        + " bytes of output, "
        + stderr.total()
        + " of errors]";
  }

  private String tail() {
    String all = stderr();
    return all.substring(Math.max(0, all.length() - Defaults.ERROR_TAIL));
  }
}
