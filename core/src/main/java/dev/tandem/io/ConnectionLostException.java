package dev.tandem.io;

import java.io.IOException;

/** The connection broke while it was in use: the peer reset it, or the network gave up. */
public sealed class ConnectionLostException extends IOException permits ConnectionCutException {

  private static final long serialVersionUID = 1L;

  /**
   * For other kinds of {@link Connection}.
   *
   * @param peer whom it went to, in words
   * @param cause what broke it
   */
  public ConnectionLostException(String peer, IOException cause) {
    super("the connection to " + peer + " was lost: " + cause.getMessage(), cause);
  }

  ConnectionLostException(String message) {
    super(message);
  }
}
