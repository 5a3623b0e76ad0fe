package dev.tandem.io;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A connection is stopped in each of its phases, in each way, on both kinds of threads. */
final class TcpCancelTest {

  @Test
  void read_stopped_closesTheConnectionAndSaysSo() throws Exception {
    long before = Accounts.sockets();
    Stopping.inEveryWay(
        Loopback::isInSocket,
        stopped -> {
          try (var server = new Loopback();
              var pair = server.pair()) {
            pair.say("half a line");
            stopped.run(() -> pair.near().readLine());
            assertFalse(pair.near().isOpen());
            assertEquals(-1, pair.far().getInputStream().read());
            var later = assertThrows(StreamClosedException.class, () -> pair.near().read(1));
            assertTrue(
                later.getMessage().contains("a read was cancelled in the middle"),
                later.getMessage());
            assertThrows(StreamClosedException.class, () -> pair.near().write("x"));
          }
        });
    Accounts.settleSockets(before);
  }

  @Test
  void write_toAPeerThatDoesNotRead_stopped_closesTheConnection() throws Exception {
    long before = Accounts.sockets();
    Stopping.inEveryWay(
        Loopback::isInSocket,
        stopped -> {
          try (var server = new Loopback();
              var pair = server.pair()) {
            stopped.run(() -> Loopback.flood(pair.near()));
            var later = assertThrows(StreamClosedException.class, () -> pair.near().write("x"));
            assertTrue(later.getMessage().contains("a write was cancelled"), later.getMessage());
          }
        });
    Accounts.settleSockets(before);
  }

  @Test
  void write_waitingItsTurn_stopped_leavesTheConnectionOpen() throws Exception {
    Stopping.inEveryWay(
        thread -> thread.getState() == Thread.State.WAITING,
        stopped -> {
          try (var server = new Loopback();
              var pair = server.pair()) {
            TaskGroup.run(
                group -> {
                  var writer = new AtomicReference<Thread>();
                  group.start(
                      "writer",
                      () -> {
                        writer.set(Thread.currentThread());
                        assertThrows(Exception.class, () -> pair.near().write(new byte[64 << 20]));
                      });
                  Loopback.until(() -> writer.get() != null && Loopback.isInSocket(writer.get()));
                  stopped.run(() -> pair.near().write("never"));
                  assertTrue(pair.near().isOpen());
                  pair.reset();
                });
          }
        });
  }

  @Test
  void open_connecting_stopped_leavesNothingOpen() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST));
        var a = new Socket();
        var b = new Socket()) {
      a.connect(full.getLocalSocketAddress());
      b.connect(full.getLocalSocketAddress());
      long before = Accounts.sockets();
      Stopping.inEveryWay(
          Loopback::isInSocket,
          stopped -> {
            stopped.run(() -> TcpConnection.open(Loopback.HOST, full.getLocalPort()).close());
            Accounts.settleSockets(before);
          });
    }
  }

  @Test
  void open_lookingUpTheName_stopped_goesOnAtOnce() throws Exception {
    var release = new CountDownLatch(1);
    var asked = new AtomicReference<CountDownLatch>();
    var stuck =
        new Dns(
            host -> {
              asked.get().countDown();
              // As the system's look-up, this takes no notice of interrupts.
              while (release.getCount() > 0) {
                Thread.onSpinWait();
              }
              return new InetAddress[0];
            });
    try {
      for (Stopping way : Stopping.values()) {
        asked.set(new CountDownLatch(1));
        way.runOn(
            true,
            thread -> asked.get().getCount() == 0,
            () -> TcpSettings.DEFAULT.dns(stuck).open("stuck.example", 80).close());
      }
    } finally {
      release.countDown();
    }
  }

  @Test
  void open_handshaking_stopped_leavesNothingOpen() throws Exception {
    long before = Accounts.sockets();
    Stopping.inEveryWay(
        Loopback::isInSocket,
        stopped -> {
          try (var server = new Loopback()) {
            stopped.run(() -> TcpSettings.DEFAULT.tls().open(Loopback.HOST, server.port()).close());
            try (Socket far = server.accept()) {
              far.getInputStream().readAllBytes();
            }
          }
        });
    Accounts.settleSockets(before);
  }

  @Test
  void open_longerThanItsTimeout_saysSoAndLeavesNothingOpen() throws Exception {
    long before = Accounts.sockets();
    try (var server = new Loopback()) {
      var settings = TcpSettings.DEFAULT.tls().timeout(ofMillis(30));
      var error =
          assertThrows(
              ConnectFailedException.class, () -> settings.open(Loopback.HOST, server.port()));
      var late = assertInstanceOf(DeadlineExceededException.class, error.getCause());
      assertEquals("opening 127.0.0.1:" + server.port(), late.owner());
    }
    Accounts.settleSockets(before);
  }

  /** A peer that accepts nothing: no answer comes, as from a host that is down. */
  @Test
  void open_noAnswerWithinItsTimeout_saysSoAndLeavesNothingOpen() throws Exception {
    long before = Accounts.sockets();
    List<Socket> queued = new ArrayList<>();
    try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST))) {
      int port = full.getLocalPort();
      assumeTrue(isFilled(full, queued), "this system does not leave connections unanswered");
      var error =
          assertThrows(
              ConnectFailedException.class,
              () ->
                  Tandem.timeout(
                      ofSeconds(10),
                      () -> TcpConnection.open(Loopback.HOST, port, ofMillis(30)).close()));
      var late = assertInstanceOf(DeadlineExceededException.class, error.getCause());
      assertEquals("opening 127.0.0.1:" + port, late.owner());
    } finally {
      for (Socket one : queued) {
        one.close();
      }
    }
    Accounts.settleSockets(before);
  }

  /** Connects until there is no answer any more; false when there always is one. */
  private static boolean isFilled(ServerSocket server, List<Socket> queued) throws IOException {
    while (queued.size() < 20) {
      var one = new Socket();
      queued.add(one);
      try {
        one.connect(server.getLocalSocketAddress(), 100);
      } catch (SocketTimeoutException unanswered) {
        return true;
      } catch (IOException refused) {
        return false;
      }
    }
    return false;
  }

  @Test
  void serve_accepting_stopped_closesTheListener() throws Exception {
    long before = Accounts.sockets();
    Stopping.inEveryWay(
        Loopback::isInSocket,
        stopped -> {
          try (var server = TcpServer.listen(Loopback.HOST, 0)) {
            stopped.run(() -> server.serve(connection -> {}));
          }
          Accounts.settleSockets(before);
        });
  }

  @Test
  void call_inACancelledScope_doesNothingAndLeavesTheConnectionOpen() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.say("hello\n");
      TaskGroup.run(
          group -> {
            group.cancel("before");
            assertThrows(InterruptedException.class, () -> pair.near().readLine());
            assertThrows(InterruptedException.class, () -> pair.near().write("x"));
            assertThrows(
                InterruptedException.class, () -> TcpConnection.open(Loopback.HOST, server.port()));
          });
      assertEquals("hello", pair.near().readLine());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> pair.near().readLine());
      assertTrue(pair.near().isOpen());
    }
  }
}
