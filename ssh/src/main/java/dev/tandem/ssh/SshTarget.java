package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

/**
 * Where an SSH server listens.
 *
 * @param host a name or an IP address, IPv6 without brackets
 * @param port from 1 to 65535
 */
public record SshTarget(String host, int port) {

  /** Checks the port and that the host is something one could look up. */
  public SshTarget {
    requireNonNull(host, "host");
    if (host.isEmpty() || host.chars().anyMatch(SshTarget::isForeign)) {
      throw new IllegalArgumentException(
          "host must be a name or an address without spaces or brackets, but was '" + host + "'");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535, but was " + port);
    }
  }

  /** Port 22 of a host. */
  public static SshTarget of(String host) {
    return new SshTarget(host, Defaults.PORT);
  }

  /** A port of a host. */
  public static SshTarget of(String host, int port) {
    return new SshTarget(host, port);
  }

  /** As people write it: {@code host}, {@code host:port} or {@code [v6]:port}. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == Defaults.PORT ? shown : shown + ":" + port;
  }

  /** As known_hosts writes it. */
  String knownHostsName() {
    return port == Defaults.PORT ? host : "[" + host + "]:" + port;
  }

  private static boolean isForeign(int character) {
    return character <= ' ' || character == '[' || character == ']' || character == ',';
  }
}
