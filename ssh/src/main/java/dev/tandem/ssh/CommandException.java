package dev.tandem.ssh;

import org.jspecify.annotations.Nullable;

/** A command did not do what was asked; the connection itself goes on. */
public abstract sealed class CommandException extends SshException
    permits CommandFailedException, CommandRefusedException, OutputTooLargeException {

  private static final long serialVersionUID = 1L;

  private final String command;

  CommandException(SshTarget target, String command, String message, @Nullable Throwable cause) {
    super(target, message, cause);
    this.command = command;
  }

  /** The command. */
  public String command() {
    return command;
  }
}
