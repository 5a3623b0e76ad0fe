package dev.tandem.ssh;

/** A command wrote more than the client keeps; its channel was closed. */
public final class OutputTooLargeException extends CommandException {

  private static final long serialVersionUID = 1L;

  private final long limit;

  OutputTooLargeException(SshTarget target, String command, long limit) {
    super(
        target,
        command,
        "the output of '"
            + command
            + "' is larger than "
            + limit
            + " bytes; raise outputLimit on the client if that is expected",
        null);
    this.limit = limit;
  }

  /** How many bytes would have been kept, standard output and error together. */
  public long limit() {
    return limit;
  }
}
