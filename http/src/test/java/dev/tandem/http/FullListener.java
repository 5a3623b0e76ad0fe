package dev.tandem.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listener whose queue is full: it lets no further handshake of TCP through. */
final class FullListener implements AutoCloseable {

  private static final int MOST = 20;
  private static final int QUIET_MILLIS = 100;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<SocketChannel> fillers = new ArrayList<>();

  FullListener() throws IOException, InterruptedException {
    // A connection counts a moment after its own side has it, so others try until one may not.
    while (isLetThrough()) {
      if (fillers.size() > MOST) {
        throw new AssertionError("the queue is never full");
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private boolean isLetThrough() throws IOException, InterruptedException {
    SocketChannel filler = SocketChannel.open();
    fillers.add(filler);
    filler.configureBlocking(false);
    filler.connect(listener.getLocalSocketAddress());
    for (int i = 0; i < QUIET_MILLIS && !filler.finishConnect(); i++) {
      Thread.sleep(1);
    }
    return filler.finishConnect();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel filler : fillers) {
      filler.close();
    }
    listener.close();
  }
}
