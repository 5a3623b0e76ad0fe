package dev.tandem.ssh;

/** A command ended with an exit status other than zero, or by a signal. */
public final class CommandFailedException extends CommandException {

  private static final long serialVersionUID = 1L;

  private final transient CommandResult result;

  CommandFailedException(SshTarget target, CommandResult result) {
    super(target, result.command(), describe(result), null);
    this.result = result;
  }

  /** All of the result, output included. */
  public CommandResult result() {
    return result;
  }

  private static String describe(CommandResult result) {
    String ending =
        result
            .exitSignal()
            .map(signal -> "was ended by signal " + signal)
            .orElseGet(() -> "ended with status " + result.exitStatus().orElse(0));
    String said = result.stderr().isBlank() ? result.stdout() : result.stderr();
    String tail = said.strip();
    if (tail.length() > Defaults.OUTPUT_IN_MESSAGES) {
      tail = "…" + tail.substring(tail.length() - Defaults.OUTPUT_IN_MESSAGES);
    }
    return "'" + result.command() + "' " + ending + (tail.isEmpty() ? "" : ": " + tail);
  }
}
