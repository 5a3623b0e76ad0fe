package dev.tandem.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.CancelledException;
import dev.tandem.LogCapture;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Our own server, and clients of it. */
final class TcpServerTest {

  private static void echo(TcpConnection connection) throws Exception {
    try (var lines = connection.lines()) {
      for (String line : lines) {
        connection.writeLine(line);
      }
    }
  }

  /** Before its time. */
  private static void close(AutoCloseable resource) throws Exception {
    resource.close();
  }

  private static TcpConnection to(TcpServer server) throws Exception {
    return TcpConnection.open(Loopback.HOST, server.port());
  }

  @Test
  void serve_manyClients_eachHasItsTask() throws Exception {
    long before = Accounts.sockets();
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(TcpServerTest::echo));
            Tandem.gather(
                List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                number -> {
                  try (var connection = to(server)) {
                    for (int i = 0; i < 50; i++) {
                      connection.writeLine(number + " " + i);
                      assertEquals(number + " " + i, connection.readLine());
                    }
                  }
                  return number;
                });
            assertEquals(10, server.statistics().accepted());
          });
      assertEquals(new TcpServer.Statistics(0, 10), server.statistics());
    }
    Accounts.settleSockets(before);
  }

  @Test
  void serve_cancelled_closesEveryConnectionAndTheListener() throws Exception {
    long before = Accounts.sockets();
    List<TcpConnection> clients = new ArrayList<>();
    var server = TcpServer.listen(Loopback.HOST, 0);
    TaskGroup.run(
        group -> {
          var serving = group.startDaemon("server", () -> server.serve(TcpServerTest::echo));
          for (int i = 0; i < 5; i++) {
            clients.add(to(server));
            clients.getLast().writeLine("hi");
            assertEquals("hi", clients.getLast().readLine());
          }
          assertEquals(5, server.statistics().open());
          serving.cancel("enough");
          assertTrue(serving.await(Duration.ofSeconds(20)).isPresent());
          assertEquals(0, server.statistics().open());
        });
    for (TcpConnection client : clients) {
      assertNull(client.readLine());
      client.close();
    }
    var refused = assertThrows(ConnectFailedException.class, () -> to(server));
    assertTrue(refused.getCause().getCause() instanceof ConnectException, refused.toString());
    Accounts.settleSockets(before);
  }

  @Test
  void close_whileServing_letsTheHandlersEnd() throws Exception {
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            var serving = group.start("server", () -> server.serve(TcpServerTest::echo));
            try (var client = to(server)) {
              client.writeLine("before");
              assertEquals("before", client.readLine());
              close(server);
              // Its socket is closed by the thread that was accepting, a moment later.
              Loopback.until(() -> refuses(server));
              client.writeLine("after");
              assertEquals("after", client.readLine());
            }
            serving.await();
          });
      assertThrows(StreamClosedException.class, () -> server.serve(TcpServerTest::echo));
    }
  }

  private static boolean refuses(TcpServer server) {
    try {
      to(server).close();
      return false;
    } catch (ConnectFailedException refused) {
      return true;
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  void serve_atTheLimit_furtherClientsWait() throws Exception {
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(2, TcpServerTest::echo));
            try (var a = to(server);
                var b = to(server);
                var c = to(server)) {
              a.writeLine("a");
              b.writeLine("b");
              c.writeLine("c");
              assertEquals("ab", a.readLine() + b.readLine());
              assertEquals(2, server.statistics().accepted());
              close(a);
              assertEquals("c", c.readLine());
              assertEquals(3, server.statistics().accepted());
            }
          });
    }
  }

  @Test
  void handler_fails_isLoggedAndTheServerGoesOn() throws Exception {
    try (var log = new LogCapture("dev.tandem.io");
        var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server",
                () ->
                    server.serve(
                        connection -> {
                          String line = connection.readLine();
                          if ("fail".equals(line)) {
                            throw new IOException("broken");
                          }
                          connection.writeLine("fine");
                        }));
            try (var bad = to(server);
                var good = to(server)) {
              bad.writeLine("fail");
              assertNull(bad.readLine());
              good.writeLine("x");
              assertEquals("fine", good.readLine());
            }
          });
      assertEquals(1, log.records().size());
      assertEquals("broken", log.records().getFirst().getThrown().getMessage());
    }
  }

  @Test
  void handler_cancelledByItsServer_canCleanUpInAShield() throws Exception {
    var cleaned = new AtomicInteger();
    var there = new CountDownLatch(1);
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server",
                () ->
                    server.serve(
                        connection -> {
                          try {
                            there.countDown();
                            Tandem.sleep(Duration.ofHours(1));
                          } finally {
                            Tandem.shield(
                                Duration.ofSeconds(5),
                                () -> {
                                  connection.writeLine("bye");
                                  cleaned.incrementAndGet();
                                });
                          }
                        }));
            try (var client = to(server)) {
              there.await();
              group.cancel("enough");
              assertThrows(CancelledException.class, client::readLine);
            }
          });
    }
    assertEquals(1, cleaned.get());
  }

  /** A handler that comes to a bad end, and what the log is told of it. */
  private static void badEnd(Class<? extends Throwable> told, Action<Exception> end)
      throws Exception {
    try (var log = new LogCapture("dev.tandem.io");
        var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server",
                () ->
                    server.serve(
                        connection -> {
                          if ("fail".equals(connection.readLine())) {
                            end.run();
                          }
                          connection.writeLine("fine");
                        }));
            try (var bad = to(server);
                var good = to(server)) {
              bad.writeLine("fail");
              assertNull(bad.readLine());
              good.writeLine("x");
              assertEquals("fine", good.readLine());
            }
          });
      assertEquals(1, log.records().size());
      assertInstanceOf(told, log.records().getFirst().getThrown());
    }
  }

  @Test
  void handler_throwsAnError_isLoggedAndTheServerGoesOn() throws Exception {
    badEnd(
        AssertionError.class,
        () -> {
          throw new AssertionError("planted");
        });
  }

  @Test
  void handler_throwsInterruptedWithoutACancellation_isLoggedAndTheServerGoesOn() throws Exception {
    badEnd(
        InterruptedException.class,
        () -> {
          throw new InterruptedException("planted");
        });
  }

  @Test
  void handler_interruptsItself_isLoggedAndTheServerGoesOn() throws Exception {
    badEnd(InterruptedException.class, () -> Thread.currentThread().interrupt());
  }

  @Test
  void serve_twice_isRefused() throws Exception {
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(TcpServerTest::echo));
            try (var client = to(server)) {
              client.writeLine("x");
              assertEquals("x", client.readLine());
              assertThrows(IllegalStateException.class, () -> server.serve(TcpServerTest::echo));
            }
          });
    }
  }

  @Test
  void listen_addressInUse_saysWhich() throws Exception {
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      var error =
          assertThrows(
              IOException.class, () -> TcpServer.listen(Loopback.HOST, server.port()).close());
      assertTrue(
          error.getMessage().startsWith("cannot listen at 127.0.0.1:" + server.port()),
          error.getMessage());
    }
  }

  @Test
  void listen_hostUnknown_saysWhichAndWhere() {
    var unknown =
        TcpSettings.DEFAULT.dns(
            new Dns(
                host -> {
                  throw new UnknownHostException(host);
                }));
    var error = assertThrows(IOException.class, () -> unknown.listen("no.example", 0).close());
    assertEquals(
        "cannot listen at no.example:0: the host is unknown; check its name and the resolver",
        error.getMessage());
    assertInstanceOf(UnknownHostException.class, error.getCause());
  }

  @Test
  void arguments_thatCannotBe_areRefusedByName() throws Exception {
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      var error =
          assertThrows(IllegalArgumentException.class, () -> server.serve(0, TcpServerTest::echo));
      assertEquals("atMost must be at least 1, but was 0", error.getMessage());
    }
    for (int port : new int[] {-1, 65_536}) {
      var error =
          assertThrows(IllegalArgumentException.class, () -> TcpServer.listen(Loopback.HOST, port));
      assertEquals("port must be from 0 to 65535, but was " + port, error.getMessage());
    }
  }
}
