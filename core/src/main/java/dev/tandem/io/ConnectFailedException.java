package dev.tandem.io;

import java.io.IOException;
import java.util.List;

/**
 * No connection came about. When the host has several addresses, the failure of the first one tried
 * is the cause and those of the others are suppressed, each with its address.
 */
public final class ConnectFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;

  ConnectFailedException(String host, int port, String why, List<? extends IOException> failures) {
    super("no connection to " + Peers.text(host, port) + ": " + why, failures.getFirst());
    this.host = host;
    this.port = port;
    failures.stream().skip(1).forEach(this::addSuppressed);
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
