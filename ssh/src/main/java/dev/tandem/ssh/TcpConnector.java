package dev.tandem.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.future.CancelFuture;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.nio2.Nio2Connector;
import org.apache.sshd.common.io.nio2.Nio2Session;

/**
 * Opens TCP connections without a thread that waits for each. The engine's own connector blocks one
 * of a few threads until the connection stands, so a handful of unreachable devices would hold up
 * all others, and one that was cancelled while it queued can leave its socket behind.
 */
final class TcpConnector extends Nio2Connector {

  @SuppressWarnings("NullAway") // the factory would only make sessions, which is done here
  TcpConnector(
      PropertyResolver properties,
      IoHandler handler,
      AsynchronousChannelGroup group,
      ExecutorService executor) {
    super(null, properties, handler, group, executor);
  }

  @Override
  @SuppressWarnings("NullAway") // only an accepted session has an address before it is connected
  protected Nio2Session createSession(
      PropertyResolver properties, IoHandler handler, AsynchronousSocketChannel socket)
      throws Throwable {
    return new Nio2Session(this, properties, handler, socket, null);
  }

  /** One that is closed while it is being made would stay in the table for good. */
  @Override
  protected IoSession mapSession(IoSession session) {
    IoSession registered = super.mapSession(session);
    session.addCloseFutureListener(closed -> unmapSession(session.getId()));
    return registered;
  }

  @Override
  public IoConnectFuture connect(
      SocketAddress address, AttributeRepository context, SocketAddress localAddress) {
    var future = new DefaultIoConnectFuture(address, null);
    try {
      AsynchronousSocketChannel socket = openAsynchronousSocketChannel(address, getChannelGroup());
      future.addListener(
          ended -> {
            // A connection that came about nevertheless belongs to its session, which closes it.
            if (ended.isCanceled()) {
              closeQuietly(socket);
            }
          });
      try {
        setSocketOptions(socket);
        var handler =
            createConnectionCompletionHandler(
                future, socket, context, propertyResolver, getIoHandler());
        socket.connect(address, null, new Arrival(handler, future, socket));
      } catch (IOException | RuntimeException e) {
        closeQuietly(socket);
        future.setException(e);
      }
    } catch (IOException | RuntimeException e) {
      future.setException(e);
    }
    return future;
  }

  private static void closeQuietly(AsynchronousSocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use to anybody any more.
    }
  }

  private static final class Arrival implements CompletionHandler<Void, Object> {

    private final CompletionHandler<Void, Object> handler;
    private final DefaultIoConnectFuture future;
    private final AsynchronousSocketChannel socket;

    Arrival(
        CompletionHandler<Void, Object> handler,
        DefaultIoConnectFuture future,
        AsynchronousSocketChannel socket) {
      this.handler = handler;
      this.future = future;
      this.socket = socket;
    }

    @Override
    public void completed(Void nothing, Object attachment) {
      try {
        handler.completed(null, attachment);
      } catch (CancellationException e) {
        cancelled(e);
      }
    }

    @Override
    public void failed(Throwable failure, Object attachment) {
      closeQuietly(socket);
      handler.failed(failure, attachment);
    }

    private void cancelled(CancellationException e) {
      closeQuietly(socket);
      CancelFuture cancellation = future.cancel();
      if (cancellation != null) {
        cancellation.setCanceled(e);
      }
    }
  }
}
