package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a command did. Output is decoded as UTF-8; what is not UTF-8 becomes U+FFFD.
 *
 * @param target where it ran
 * @param command the command
 * @param stdout its standard output, line ends as the server sent them
 * @param stderr its standard error
 * @param exitStatus its exit status; empty when the server sent none, as some devices do
 * @param exitSignal the signal that ended it, without {@code SIG}; empty when none did
 */
public record CommandResult(
    SshTarget target,
    String command,
    String stdout,
    String stderr,
    OptionalInt exitStatus,
    Optional<String> exitSignal) {

  /** Refuses null. */
  public CommandResult {
    requireNonNull(target, "target");
    requireNonNull(command, "command");
    requireNonNull(stdout, "stdout");
    requireNonNull(stderr, "stderr");
    requireNonNull(exitStatus, "exitStatus");
    requireNonNull(exitSignal, "exitSignal");
  }

  /** True unless a signal ended the command or its exit status is other than zero. */
  public boolean isSuccess() {
    return exitSignal.isEmpty() && exitStatus.orElse(0) == 0;
  }

  /**
   * This result, if it is a success.
   *
   * @throws CommandFailedException when it is not
   */
  public CommandResult check() throws CommandFailedException {
    if (!isSuccess()) {
      throw new CommandFailedException(target, this);
    }
    return this;
  }
}
