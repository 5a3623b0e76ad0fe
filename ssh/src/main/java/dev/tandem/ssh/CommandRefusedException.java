package dev.tandem.ssh;

import org.jspecify.annotations.Nullable;

/** The server would not start the command, or not open a channel for it. */
public final class CommandRefusedException extends CommandException {

  private static final long serialVersionUID = 1L;

  CommandRefusedException(SshTarget target, String command, String why, @Nullable Throwable cause) {
    super(target, command, "the server refused to run '" + command + "': " + why, cause);
  }
}
