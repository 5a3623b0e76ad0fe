package dev.tandem.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A plain server on this machine that does what a test says, and ways to wait for things. */
final class Loopback implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  private static final long PATIENCE = 20_000_000_000L;

  private final ServerSocket listener;

  Loopback() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.ofLiteral(HOST));
  }

  int port() {
    return listener.getLocalPort();
  }

  Socket accept() throws IOException {
    return listener.accept();
  }

  /** A connection whose other end is in the hands of the test. */
  Pair pair(TcpSettings settings) throws IOException, InterruptedException {
    TcpConnection near = settings.open(HOST, port());
    return new Pair(near, accept());
  }

  Pair pair() throws IOException, InterruptedException {
    return pair(TcpSettings.DEFAULT);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Both ends. */
  record Pair(TcpConnection near, Socket far) implements AutoCloseable {

    void say(String text) throws IOException {
      far.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String hear(int count) throws IOException {
      return new String(far.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
    }

    /** The far end ends what it says. */
    void end() throws IOException {
      far.shutdownOutput();
    }

    /** The far end goes away in a way that the near end cannot overlook. */
    void reset() throws IOException {
      far.setSoLinger(true, 0);
      far.close();
    }

    @Override
    public void close() throws IOException {
      near.close();
      far.close();
    }
  }

  /** Waits for a condition of the outside world, and gives up when it does not come. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain");
      }
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  /** True while the thread is blocked in a socket or pipe. */
  static boolean isInSocket(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().startsWith("sun.nio.ch.")) {
        return true;
      }
    }
    return false;
  }

  /** Writes more at once than the peer's and our own buffers hold, and so waits in the middle. */
  static void flood(TcpConnection connection) throws IOException, InterruptedException {
    connection.write(new byte[64 << 20]);
  }
}
