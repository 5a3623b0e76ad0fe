package dev.tandem.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * No connection came about. When the host has several addresses, the failure of the first one tried
 * is the cause and those of the others are suppressed, each with its address.
 */
public final class ConnectFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;

  ConnectFailedException(String host, int port, String why, @Nullable Throwable cause) {
    super("no connection to " + Peers.text(host, port) + ": " + why, cause);
    this.host = host;
    this.port = port;
  }

  /** The host that was asked for. */
  public String host() {
    return host;
  }

  /** The port that was asked for. */
  public int port() {
    return port;
  }
}
