package dev.tandem.samples.lab;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.nio2.Nio2CompletionHandler;
import org.apache.sshd.common.io.nio2.Nio2Service;
import org.apache.sshd.common.io.nio2.Nio2Session;

/**
 * The socket of one connection. It can leave bytes unread: a system resets a connection that is
 * closed with bytes unread, and these sockets have no linger option to ask for a reset with.
 */
final class IosSocket extends Nio2Session {

  private final CompletableFuture<Integer> sipped = new CompletableFuture<>();
  private volatile boolean toSip;

  IosSocket(
      Nio2Service service,
      PropertyResolver properties,
      IoHandler handler,
      AsynchronousSocketChannel channel,
      SocketAddress acceptedAt)
      throws IOException {
    super(service, properties, handler, channel, acceptedAt);
  }

  /**
   * From the next read on takes one byte, and then no more.
   *
   * @return done when that byte was taken; what came with it is unread, and stays so
   */
  CompletableFuture<Integer> sip() {
    toSip = true;
    return sipped;
  }

  @Override
  protected void doReadCycle(ByteBuffer buffer, Nio2CompletionHandler<Integer, Object> whenRead) {
    if (toSip) {
      getSocket().read(ByteBuffer.allocate(1), sipped, new Sip());
    } else {
      super.doReadCycle(buffer, whenRead);
    }
  }

  private static final class Sip
      implements CompletionHandler<Integer, CompletableFuture<Integer>> {

    @Override
    public void completed(Integer count, CompletableFuture<Integer> sipped) {
      sipped.complete(count);
    }

    @Override
    public void failed(Throwable error, CompletableFuture<Integer> sipped) {
      sipped.completeExceptionally(error);
    }
  }
}
