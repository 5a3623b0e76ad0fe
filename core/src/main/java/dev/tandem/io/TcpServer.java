package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.Permit;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes TCP connections and gives each a task of its own; asyncio's {@code start_server}.
 *
 * <pre>{@code
 * try (var server = TcpServer.listen("127.0.0.1", 8023)) {
 *   server.serve(
 *       connection -> {
 *         try (var lines = connection.lines()) {
 *           for (String line : lines) {
 *             connection.writeLine("you said " + line);
 *           }
 *         }
 *       });
 * }
 * }</pre>
 *
 * <p>From {@code listen} on, clients can connect; {@code serve} is what answers them. To go on
 * beside it, start it as a task: {@code group.startDaemon("server", () -> server.serve(handler))}.
 *
 * <p>A handler that fails, in whatever way, is logged by {@code dev.tandem.io}, and its connection
 * closed; the server goes on. When as many connections are open as may be, further ones wait until
 * one is closed.
 *
 * <p><b>Cancellation.</b> When {@code serve} is cancelled, it stops listening, all handlers are
 * cancelled, and every connection is closed before it ends. {@link #close} is the friendly way: it
 * stops listening, and {@code serve} returns when the handlers have.
 */
public final class TcpServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.tandem.io");

  private final ServerSocketChannel listener;
  private final InetSocketAddress address;
  private final TcpSettings settings;
  private final AtomicBoolean serving = new AtomicBoolean();
  private final AtomicLong accepted = new AtomicLong();
  private final Set<TcpConnection> open = ConcurrentHashMap.newKeySet();

  private TcpServer(ServerSocketChannel listener, TcpSettings settings) throws IOException {
    this.listener = listener;
    this.settings = settings;
    address = (InetSocketAddress) listener.getLocalAddress();
  }

  /**
   * Listens for connections.
   *
   * @param port where to listen; 0 for any free port, see {@link #port}
   * @throws IOException when the address is in use, not one of this machine, or unknown
   * @throws IllegalArgumentException when {@code port} is not from 0 to 65535
   * @see TcpSettings#listen
   */
  public static TcpServer listen(String host, int port) throws IOException, InterruptedException {
    return TcpSettings.DEFAULT.listen(host, port);
  }

  static TcpServer listen(String host, int port, TcpSettings settings)
      throws IOException, InterruptedException {
    var address = new InetSocketAddress(address(host, port, settings), port);
    ServerSocketChannel listener = ServerSocketChannel.open();
    boolean done = false;
    try {
      // Otherwise a server that was just ended could not be started again for minutes.
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(address, Defaults.BACKLOG);
      var server = new TcpServer(listener, settings);
      done = true;
      return server;
    } catch (IOException failed) {
      Tandem.checkpoint();
      throw cannotListen(host, port, failed.getMessage(), failed);
    } finally {
      if (!done) {
        listener.close();
      }
    }
  }

  private static InetAddress address(String host, int port, TcpSettings settings)
      throws IOException, InterruptedException {
    try {
      return settings.dns.addresses(host)[0];
    } catch (UnknownHostException unknown) {
      throw cannotListen(host, port, Peers.UNKNOWN_HOST, unknown);
    }
  }

  private static IOException cannotListen(
      String host, int port, @Nullable String why, IOException cause) {
    return new IOException("cannot listen at " + Peers.text(host, port) + ": " + why, cause);
  }

  /** Serves at most 1000 connections at once; see {@link #serve(int, ConnectionHandler)}. */
  public void serve(ConnectionHandler handler) throws IOException, InterruptedException {
    serve(Defaults.CONNECTIONS, handler);
  }

  /**
   * Takes connections until the server is closed, and then waits for the handlers.
   *
   * @param atMost how many connections may be open at once
   * @throws CancelledException when cancelled; then all handlers have ended
   * @throws IOException when the system refuses to go on listening
   * @throws StreamClosedException when the server had been closed before
   * @throws IllegalStateException when it is being served already
   * @throws IllegalArgumentException when {@code atMost} is below 1
   */
  public void serve(int atMost, ConnectionHandler handler)
      throws IOException, InterruptedException {
    requireNonNull(handler, "handler");
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost must be at least 1, but was " + atMost);
    }
    var places = AsyncSemaphore.of(atMost);
    if (!listener.isOpen()) {
      throw new StreamClosedException("the server at " + name() + " is closed", null);
    }
    if (!serving.compareAndSet(false, true)) {
      throw new IllegalStateException("the server at " + name() + " is being served already");
    }
    try {
      TaskGroup.<IOException>run("server", group -> accept(group, places, handler));
    } finally {
      close();
      // A task that was cancelled before it began has not closed what it was given.
      open.forEach(TcpConnection::close);
    }
  }

  /** The port it listens on. */
  public int port() {
    return address.getPort();
  }

  /** The address it listens on. */
  public InetSocketAddress address() {
    return address;
  }

  /** Connections at one moment. */
  public Statistics statistics() {
    return new Statistics(open.size(), accepted.get());
  }

  /** Stops listening; connections that are open stay so. Later calls do nothing. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  @Override
  public String toString() {
    return "TcpServer[" + name() + ", " + open.size() + " open]";
  }

  private String name() {
    return Peers.text(address);
  }

  private void accept(TaskGroup group, AsyncSemaphore places, ConnectionHandler handler)
      throws IOException, InterruptedException {
    while (true) {
      Permit place = places.acquire();
      TcpConnection connection = null;
      try {
        connection = next();
        if (connection == null) {
          return;
        }
        start(group, connection, place, handler);
        place = null;
      } finally {
        if (place != null) {
          place.close();
        }
      }
    }
  }

  private void start(
      TaskGroup group, TcpConnection connection, Permit place, ConnectionHandler handler) {
    open.add(connection);
    String name = connection.peer() + "#" + accepted.incrementAndGet();
    group
        .start(name, () -> handle(connection, handler))
        .whenDone(
            outcome -> {
              connection.close();
              open.remove(connection);
              place.close();
            });
  }

  /** The next connection; null when the server was closed. */
  private @Nullable TcpConnection next() throws InterruptedException {
    while (true) {
      SocketChannel channel = null;
      try {
        channel = listener.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String client = ((InetSocketAddress) channel.getRemoteAddress()).getHostString();
        var connection = new TcpConnection(channel, client, settings, false);
        channel = null;
        return connection;
      } catch (ClosedChannelException closed) {
        Tandem.checkpoint();
        if (!listener.isOpen()) {
          return null;
        }
      } catch (IOException failed) {
        Tandem.checkpoint();
        LOG.log(Level.WARNING, "the server at " + name() + " could not accept a client", failed);
        Tandem.sleep(Defaults.ACCEPT_AGAIN);
      } finally {
        closeQuietly(channel);
      }
    }
  }

  private void handle(TcpConnection connection, ConnectionHandler handler)
      throws InterruptedException {
    // The failure is told of first: a client may take the close for a sign that it was.
    try (connection) {
      try {
        secure(connection);
        handler.handle(connection);
      } catch (Exception failure) {
        passOnCancellation();
        failed(connection, failure);
      } catch (Error failure) {
        failed(connection, failure);
      }
    }
  }

  /** Only what the server is stopped by may stop it, and not what one handler does to itself. */
  private static void passOnCancellation() throws CancelledException {
    try {
      Tandem.checkpoint();
    } catch (CancelledException stopped) {
      throw stopped;
    } catch (InterruptedException nobodysWish) {
      // The handler ends in any case.
      Thread.yield();
    }
  }

  private void failed(TcpConnection connection, Throwable failure) {
    LOG.log(Level.WARNING, "serving " + connection.peer() + " at " + name() + " failed", failure);
  }

  private void secure(TcpConnection connection) throws Exception {
    TlsSettings tls = settings.tls;
    if (tls == null) {
      return;
    }
    if (settings.timeout == null) {
      connection.startTls(tls);
    } else {
      Tandem.<Exception>timeout("TLS handshake", settings.timeout, () -> connection.startTls(tls));
    }
  }

  private static void closeQuietly(@Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }

  /**
   * A view of a server.
   *
   * @param open how many connections are open
   * @param accepted how many there have been so far
   */
  public record Statistics(int open, long accepted) {}
}
