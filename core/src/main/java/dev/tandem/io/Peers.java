package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Hosts and ports, checked and in words. */
final class Peers {

  private Peers() {}

  static String host(String host) {
    if (requireNonNull(host, "host").isBlank()) {
      throw new IllegalArgumentException("host must not be blank; pass a name or an address");
    }
    return host;
  }

  /** A port to connect to. */
  static int port(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535, but was " + port);
    }
    return port;
  }

  /** A port to listen on, where 0 stands for any. */
  static int anyPort(int port) {
    return port == 0 ? 0 : port(port);
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
