package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Hosts and ports, checked and in words. */
final class Peers {

  /** Why nothing comes of a name. */
  static final String UNKNOWN_HOST = "the host is unknown; check its name and the resolver";

  private Peers() {}

  static String host(String host) {
    if (requireNonNull(host, "host").isBlank()) {
      throw new IllegalArgumentException("host must not be blank; pass a name or an address");
    }
    return host;
  }

  /** A port to connect to. */
  static int port(int port) {
    return port(port, 1);
  }

  /** A port to listen on, where 0 stands for any. */
  static int anyPort(int port) {
    return port(port, 0);
  }

  private static int port(int port, int least) {
    if (port < least || port > 65_535) {
      throw new IllegalArgumentException(
          "port must be from " + least + " to 65535, but was " + port);
    }
    return port;
  }

  static String text(String host, int port) {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }

  static String text(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? text(inet.getAddress() == null ? inet.getHostString() : literal(inet), inet.getPort())
        : address.toString();
  }

  private static String literal(InetSocketAddress inet) {
    return inet.getAddress().getHostAddress();
  }
}
