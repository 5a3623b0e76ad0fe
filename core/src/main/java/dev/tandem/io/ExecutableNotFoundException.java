package dev.tandem.io;

import java.io.IOException;

/** There is no such program to run. */
public final class ExecutableNotFoundException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String program;

  ExecutableNotFoundException(String program, String message) {
    super(message);
    this.program = program;
  }

  /** What was to be run. */
  public String program() {
    return program;
  }
}
