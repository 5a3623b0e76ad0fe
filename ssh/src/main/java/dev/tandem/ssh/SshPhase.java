package dev.tandem.ssh;

/** What a connection is doing; each has a time limit of its own, see {@link SshTimeouts}. */
public enum SshPhase {
  /** Finding the address and opening the TCP connection. */
  CONNECT("connecting"),
  /** Waiting for the server to say who it is. */
  IDENTIFICATION("waiting for the server's identification"),
  /** Agreeing on keys and checking the server's. */
  KEY_EXCHANGE("exchanging keys"),
  /** Logging in. */
  AUTHENTICATION("logging in"),
  /** Running a command, from asking for it to the end of its output. */
  COMMAND("running the command");

  private final String words;

  SshPhase(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
