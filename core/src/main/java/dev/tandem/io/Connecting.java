package dev.tandem.io;

import dev.tandem.Tandem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** From a name to an open connection. Whatever fails, nothing is left open. */
final class Connecting {

  private Connecting() {}

  static TcpConnection open(String host, int port, TcpSettings settings)
      throws IOException, InterruptedException {
    Tandem.checkpoint();
    SocketChannel channel = reach(host, port, settings);
    boolean done = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var connection = new TcpConnection(channel, host, settings, true);
      if (settings.tls != null) {
        connection.startTls(settings.tls);
      }
      done = true;
      return connection;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static SocketChannel reach(String host, int port, TcpSettings settings)
      throws IOException, InterruptedException {
    List<IOException> failures = new ArrayList<>();
    for (InetAddress address : addresses(host, port, settings)) {
      SocketChannel channel = SocketChannel.open();
      boolean connected = false;
      try {
        channel.connect(new InetSocketAddress(address, port));
        connected = true;
        return channel;
      } catch (IOException failed) {
        // An interrupt closes the socket, and then what that says is not the news.
        Tandem.checkpoint();
        failures.add(
            new IOException(address.getHostAddress() + ": " + failed.getMessage(), failed));
      } finally {
        if (!connected) {
          channel.close();
        }
      }
    }
    throw failed(host, port, failures);
  }

  private static InetAddress[] addresses(String host, int port, TcpSettings settings)
      throws IOException, InterruptedException {
    try {
      return settings.dns.addresses(host);
    } catch (UnknownHostException unknown) {
      throw new ConnectFailedException(host, port, Peers.UNKNOWN_HOST, unknown);
    }
  }

  private static IOException failed(String host, int port, List<IOException> failures) {
    if (failures.isEmpty()) {
      return new ConnectFailedException(host, port, "the host has no address", null);
    }
    IOException first = failures.getFirst();
    String why =
        failures.size() > 1
            ? "none of its " + failures.size() + " addresses took it; " + first.getMessage()
            : first.getCause() instanceof ConnectException refused
                ? "nothing accepts connections there (" + refused.getMessage() + ")"
                : String.valueOf(first.getMessage());
    var all = new ConnectFailedException(host, port, why, first);
    failures.stream().skip(1).forEach(all::addSuppressed);
    return all;
  }
}
