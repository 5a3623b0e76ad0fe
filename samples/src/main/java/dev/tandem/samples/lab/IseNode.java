package dev.tandem.samples.lab;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.HttpException;

/** One fake node: a listener, and a task for each of its connections. */
final class IseNode {

  private final String name;
  private final ServerSocket listener;
  private final SSLContext tls;
  private final IseFault fault;
  private final Duration delay;
  private final IseApi api;
  private final IseCounters counters;

  // Those that are open, so that none outlives the node, be its task started or not.
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  IseNode(
      String name,
      ServerSocket listener,
      SSLContext tls,
      IseFault fault,
      Duration delay,
      IseApi api,
      IseCounters counters) {
    this.name = name;
    this.listener = listener;
    this.tls = tls;
    this.fault = fault;
    this.delay = delay;
    this.api = api;
    this.counters = counters;
  }

  /** Accepts connections until the group ends. */
  void serve(TaskGroup group) throws InterruptedException {
    try (listener) {
      int number = 0;
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        group.startDaemon(name + " connection " + ++number, () -> converse(socket));
      }
    } catch (IOException closed) {
      Tandem.checkpoint();
      throw new IllegalStateException(name + " can accept no more connections", closed);
    } finally {
      sockets.forEach(IseNode::close);
    }
  }

  private void converse(Socket socket) throws InterruptedException {
    try {
      socket.setTcpNoDelay(true);
      if (fault == IseFault.SILENT_BEFORE_TLS) {
        untilClosed(socket);
        return;
      }
      SSLSocket secured =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
      secured.setUseClientMode(false);
      secured.startHandshake();
      var connection = new IseConnection(socket, secured);
      while (exchange(connection)) {
        // One request after the other, for as long as the client keeps the connection.
      }
    } catch (IOException | HttpException gone) {
      // Clients come, go and misbehave. But when the lab ends, that is what this task is told.
      Tandem.checkpoint();
    } finally {
      close(socket);
      sockets.remove(socket);
    }
  }

  /** Answers one request; false when the connection is done with. */
  private boolean exchange(IseConnection connection)
      throws IOException, HttpException, InterruptedException {
    if (!connection.awaitRequest()) {
      return false;
    }
    var work = new Work();
    try {
      IseRequest request = connection.request();
      Tandem.sleep(delay);
      IseReply reply =
          switch (fault) {
            case INTERNAL_ERROR -> api.internalError(request);
            case UNAVAILABLE -> IseReply.unavailable();
            case UNAUTHORIZED -> IseReply.unauthorized();
            default -> api.answer(request);
          };
      if (!fault.isHang()) {
        // Before the reply: its receiver may ask the next node before this one takes note.
        work.end();
      }
      return switch (fault) {
        case RESET -> connection.reset(reply);
        case TRUNCATED -> connection.truncate(reply);
        case SILENT_AFTER_REQUEST -> connection.untilClosed();
        case STALLED_IN_BODY -> connection.stall(reply);
        default -> connection.answer(reply);
      };
    } finally {
      work.end();
    }
  }

  /** One request as it is counted: begun now, ended once. */
  private final class Work {
    private boolean ended;

    Work() {
      counters.begin();
    }

    void end() {
      if (!ended) {
        ended = true;
        counters.end();
      }
    }
  }

  /** Takes whatever comes, and gives nothing. */
  private static void untilClosed(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (SocketException alreadyClosed) {
      // Then it needs no closing.
    } catch (IOException e) {
      throw new IllegalStateException("a socket cannot be closed", e);
    }
  }
}
