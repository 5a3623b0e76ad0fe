package dev.tandem.io;

import java.io.IOException;

/** A process ended with another status than 0; asyncio's CalledProcessError. */
public final class SubprocessFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String command;
  private final int exitStatus;
  private final String errors;

  SubprocessFailedException(String command, int exitStatus, String errors) {
    super(command + " ended with status " + exitStatus + excerpt(errors));
    this.command = command;
    this.exitStatus = exitStatus;
    this.errors = errors;
  }

  /** The command, without its secrets. */
  public String command() {
    return command;
  }

  /** How it ended; where a signal ended it, 128 and the signal's number. */
  public int exitStatus() {
    return exitStatus;
  }

  /** The end of what it wrote to its errors; empty when that was not captured. */
  public String errors() {
    return errors;
  }

  private static String excerpt(String errors) {
    String shown = errors.strip();
    int from = Math.max(0, shown.length() - Defaults.ERROR_EXCERPT);
    return shown.isEmpty() ? "" : ": " + (from > 0 ? "…" : "") + shown.substring(from);
  }
}
