package dev.tandem.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server on loopback that does to each connection what a script says, proper HTTP or not. */
final class FaultServer implements AutoCloseable {

  /** What happens on one connection; the connection is closed when it returns or throws. */
  interface Script {
    void serve(Peer peer) throws Exception;
  }

  /** The other end of one connection. */
  static final class Peer {
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    final int number;

    Peer(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    /** Reads a request's head, and skips its body; null when the client closed instead. */
    @Nullable String request() throws IOException {
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int c = in.read();
        if (c < 0) {
          return null;
        }
        head.append((char) c);
      }
      String text = head.toString();
      int at = text.indexOf("Content-Length: ");
      if (at >= 0) {
        int end = text.indexOf('\r', at);
        byte[] body = in.readNBytes(Integer.parseInt(text.substring(at + 16, end)));
        return text + new String(body, StandardCharsets.UTF_8);
      }
      return text;
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void answer(String body) throws IOException {
      send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Waits until the client closes. */
    void untilClosed() throws IOException {
      while (in.read() >= 0) {
        // What it says meanwhile does not matter.
      }
    }

    /** Closes so that the client sees a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private volatile boolean closed;

  FaultServer(Script script) throws IOException {
    this(script, new ServerSocket());
  }

  FaultServer(Script script, ServerSocket unbound) throws IOException {
    this.script = script;
    this.listener = unbound;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    Thread.startVirtualThread(this::accept);
  }

  /** A server that gives the same answer to every request. */
  static FaultServer answering(String response) throws IOException {
    return new FaultServer(
        peer -> {
          while (peer.request() != null) {
            peer.send(response);
          }
        });
  }

  /** A server that answers a request and then closes. */
  static FaultServer once(String response) throws IOException {
    return new FaultServer(
        peer -> {
          peer.request();
          peer.send(response);
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  SocketAddress address() {
    return listener.getLocalSocketAddress();
  }

  /** How many connections there have been. */
  int accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  int open() {
    return sockets.size();
  }

  /** Scripts bracket work with these to have it counted. */
  void begin() {
    peak.accumulateAndGet(working.incrementAndGet(), Math::max);
  }

  void end() {
    working.decrementAndGet();
  }

  int working() {
    return working.get();
  }

  int peak() {
    return peak.get();
  }

  /** Waits for something that another thread brings about; fails after half a minute. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about within half a minute");
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
        int number = accepted.incrementAndGet();
        sockets.add(socket);
        Thread.startVirtualThread(() -> serve(socket, number));
      } catch (IOException e) {
        if (!closed) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private void serve(Socket socket, int number) {
    try {
      script.serve(new Peer(socket, number));
    } catch (Exception e) {
      // Clients that go away are what most of these scripts are about.
    } finally {
      SocketConnection.closeQuietly(socket);
      sockets.remove(socket);
    }
  }
}
