package dev.tandem.io;

import java.io.IOException;

/** The connection broke while it was in use: the peer reset it, or the network gave up. */
public final class ConnectionLostException extends IOException {

  private static final long serialVersionUID = 1L;

  ConnectionLostException(String peer, IOException cause) {
    super("the connection to " + peer + " was lost: " + cause.getMessage(), cause);
  }
}
