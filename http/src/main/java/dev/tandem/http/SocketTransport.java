package dev.tandem.http;

import dev.tandem.Tandem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Connects plain sockets, and TLS over them. */
final class SocketTransport implements Transport {

  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE - 1);

  private final Dns dns;
  private final Tls tls;
  private final int readMillis;

  /**
   * A transport.
   *
   * @param read the read timeout; null for none
   */
  SocketTransport(Dns dns, Tls tls, @Nullable Duration read) {
    this.dns = dns;
    this.tls = tls;
    this.readMillis = read == null ? 0 : millis(read);
  }

  @Override
  public Connection connect(Origin origin) throws IOException, InterruptedException {
    Socket raw = reach(origin);
    boolean done = false;
    try {
      raw.setTcpNoDelay(true);
      Connection connection = new SocketConnection(raw, secured(raw, origin));
      // Not before: until now the connect timeout alone applies.
      raw.setSoTimeout(readMillis);
      done = true;
      return connection;
    } finally {
      if (!done) {
        SocketConnection.closeQuietly(raw);
      }
    }
  }

  private Socket secured(Socket raw, Origin origin) throws IOException {
    if (!origin.secure()) {
      return raw;
    }
    try {
      return tls.over(raw, origin);
    } catch (SSLException refused) {
      throw new HandshakeException(refused);
    }
  }

  private Socket reach(Origin origin) throws IOException, InterruptedException {
    IOException last = null;
    for (InetAddress address : dns.addresses(origin.host())) {
      // Without this, a system property may send the connection through a SOCKS proxy.
      Socket socket = new Socket(Proxy.NO_PROXY);
      boolean connected = false;
      try {
        socket.connect(new InetSocketAddress(address, origin.port()));
        connected = true;
        return socket;
      } catch (SocketException failed) {
        Tandem.checkpoint();
        last = failed;
      } finally {
        if (!connected) {
          SocketConnection.closeQuietly(socket);
        }
      }
    }
    throw last == null ? new NoRouteToHostException("no address for " + origin.host()) : last;
  }

  /** The socket counts in milliseconds, and takes 0 for ever. */
  private static int millis(Duration time) {
    return time.compareTo(LONGEST) > 0
        ? Integer.MAX_VALUE
        : (int) time.plusNanos(999_999).toMillis();
  }
}
