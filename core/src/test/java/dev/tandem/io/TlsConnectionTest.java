package dev.tandem.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.LogCapture;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections with TLS, against our own server. */
final class TlsConnectionTest {

  @TempDir static Path directory;

  /** Made out to 127.0.0.1; and to another host. */
  private static SSLContext right;

  private static SSLContext wrong;

  @BeforeAll
  static void makeCertificates() throws Exception {
    right = Certificates.selfSigned(directory, "right", "ip:127.0.0.1");
    wrong = Certificates.selfSigned(directory, "wrong", "dns:elsewhere.example");
  }

  private static TlsSettings with(SSLContext context) {
    return TlsSettings.DEFAULT.context(context);
  }

  /** What is tried against a server. */
  @FunctionalInterface
  private interface Trial {
    void run(TcpServer server) throws Exception;
  }

  private static void echo(TcpConnection connection) throws Exception {
    while (true) {
      byte[] some;
      try {
        some = connection.read(100_000);
      } catch (ConnectionCutException clientWasStopped) {
        return;
      }
      if (some.length == 0) {
        connection.closeOutput();
        return;
      }
      connection.write(some);
    }
  }

  private static void against(TlsSettings settings, Trial trial) throws Exception {
    long before = Accounts.sockets();
    try (var server = TcpSettings.DEFAULT.tls(settings).listen(Loopback.HOST, 0);
        var log = new LogCapture("dev.tandem.io")) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(TlsConnectionTest::echo));
            trial.run(server);
          });
      assertTrue(log.records().size() <= 1, log.messages().toString());
    }
    Accounts.settleSockets(before);
  }

  private static TcpConnection open(TcpServer server, TlsSettings settings) throws Exception {
    return TcpSettings.DEFAULT.tls(settings).open(Loopback.HOST, server.port());
  }

  @Test
  void open_trustedCertificate_isSecured() throws Exception {
    against(
        with(right).applicationProtocols("echo/2", "echo/1"),
        server -> {
          try (var connection = open(server, with(right).applicationProtocols("echo/1"))) {
            connection.writeLine("hello");
            assertEquals("hello", connection.readLine());
            assertEquals("TLSv1.3", connection.tlsSession().orElseThrow().getProtocol());
            assertEquals("echo/1", connection.applicationProtocol().orElseThrow());
          }
        });
  }

  @Test
  void write_muchInBothDirections_arrives() throws Exception {
    byte[] much = new byte[5_000_000];
    new Random(7).nextBytes(much);
    against(
        with(right),
        server -> {
          try (var connection = open(server, with(right))) {
            TaskGroup.run(
                group -> {
                  group.start("writer", () -> connection.write(much));
                  assertArrayEquals(much, connection.readExactly(much.length));
                });
          }
        });
  }

  @Test
  void closeOutput_withTls_isHalfOpen() throws Exception {
    against(
        with(right),
        server -> {
          try (var connection = open(server, with(right))) {
            connection.write("question");
            connection.closeOutput();
            assertEquals("question", new String(connection.readAll(100), UTF_8));
            assertNull(connection.readLine());
          }
        });
  }

  @Test
  void closeOutput_beforeTls13_isRefusedAndTheConnectionStays() throws Exception {
    var old = new SSLParameters();
    old.setProtocols(new String[] {"TLSv1.2"});
    against(
        with(right),
        server -> {
          try (var connection = open(server, with(right).parameters(old))) {
            var refused = assertThrows(TlsFailedException.class, connection::closeOutput);
            assertTrue(refused.getMessage().contains("TLSv1.2"), refused.getMessage());
            connection.writeLine("hello");
            assertEquals("hello", connection.readLine());
            // The other side reads no end before we have said all there is.
            connection.writeLine("still there");
            assertEquals("still there", connection.readLine());
          }
        });
  }

  @Test
  void startTls_twiceAtOnce_oneIsRefused() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      TaskGroup.run(
          group -> {
            Task<?> first = group.startDaemon("tls", () -> pair.near().startTls(with(right)));
            // Its greeting: from now on it waits for an answer.
            pair.hear(1);
            assertThrows(IllegalStateException.class, () -> pair.near().startTls(with(right)));
            first.cancel("seen enough");
          });
    }
  }

  @Test
  void open_certificateNotTrusted_isRefused() throws Exception {
    against(
        with(right),
        server -> {
          var error =
              assertThrows(
                  TlsFailedException.class, () -> open(server, TlsSettings.DEFAULT).close());
          assertTrue(error.getMessage().contains("is not trusted"), error.getMessage());
        });
  }

  @Test
  void open_certificateOfAnotherHost_isRefusedUnlessToldOtherwise() throws Exception {
    against(
        with(wrong),
        server -> {
          assertThrows(TlsFailedException.class, () -> open(server, with(wrong)).close());
        });
    against(
        with(wrong),
        server -> {
          var given = new SSLParameters();
          assertThrows(
              TlsFailedException.class, () -> open(server, with(wrong).parameters(given)).close());
        });
    against(
        with(wrong),
        server -> {
          try (var a = open(server, with(wrong).withoutHostVerification());
              var b = open(server, with(wrong).serverName("elsewhere.example"))) {
            a.writeLine("a");
            b.writeLine("b");
            assertEquals("ab", a.readLine() + b.readLine());
          }
        });
  }

  @Test
  void open_peerSpeaksNoTls_isATypedFailure() throws Exception {
    long before = Accounts.sockets();
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server", () -> server.serve(connection -> connection.writeLine("220 hello")));
            assertThrows(TlsFailedException.class, () -> open(server, with(right)).close());
          });
    }
    Accounts.settleSockets(before);
  }

  @Test
  void startTls_inTheMiddle_securesBothSides() throws Exception {
    try (var server = TcpServer.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server",
                () ->
                    server.serve(
                        connection -> {
                          assertEquals("STARTTLS", connection.readLine());
                          connection.writeLine("go ahead");
                          connection.startTls(with(right));
                          echo(connection);
                        }));
            try (var connection = TcpConnection.open(Loopback.HOST, server.port())) {
              connection.writeLine("STARTTLS");
              assertEquals("go ahead", connection.readLine());
              assertTrue(connection.tlsSession().isEmpty());
              connection.startTls(with(right));
              connection.writeLine("secret");
              assertEquals("secret", connection.readLine());
              assertTrue(connection.tlsSession().isPresent());
              assertThrows(IllegalStateException.class, () -> connection.startTls(with(right)));
            }
          });
    }
  }

  @Test
  void startTls_moreHadComeThanWasRead_isRefused() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.say("go ahead\nslipped in\n");
      assertEquals("go ahead", pair.near().readLine());
      var error = assertThrows(TlsFailedException.class, () -> pair.near().startTls(with(right)));
      assertTrue(error.getMessage().contains("11 bytes"), error.getMessage());
      assertFalse(pair.near().isOpen());
    }
  }

  @Test
  void close_thenWrite_saysThatItIsClosed() throws Exception {
    against(
        with(right),
        server -> {
          TcpConnection connection = open(server, with(right));
          connection.writeLine("hello");
          assertEquals("hello", connection.readLine());
          connection.close();
          refusedAsClosed(() -> connection.writeLine("more"));
          refusedAsClosed(() -> connection.outputStream().write(1));
          refusedAsClosed(connection::closeOutput);
          refusedAsClosed(() -> connection.outputStream().close());
        });
  }

  /** At once; the time is there for the day when it waits for ever. */
  private static void refusedAsClosed(Action<Exception> call) {
    var refused =
        assertThrows(StreamClosedException.class, () -> Tandem.timeout(ofSeconds(20), call));
    assertTrue(refused.getMessage().contains("it was closed"), refused.getMessage());
  }

  @Test
  void close_peerDoesNotRead_isNotHeldUpForLong() throws Exception {
    long before = Accounts.sockets();
    try (var server = TcpSettings.DEFAULT.tls(with(right)).listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server", () -> server.serve(connection -> new CountDownLatch(1).await()));
            var connection = open(server, with(right));
            Stopping.CANCELLED.runOn(true, Loopback::isInSocket, () -> Loopback.flood(connection));
            connection.close();
          });
    }
    Accounts.settleSockets(before);
  }

  @Test
  void read_stopped_closesTheConnection() throws Exception {
    against(
        with(right),
        server ->
            Stopping.inEveryWay(
                Loopback::isInSocket,
                stopped -> {
                  try (var connection = open(server, with(right))) {
                    stopped.run(connection::readLine);
                    var later =
                        assertThrows(StreamClosedException.class, () -> connection.write("x"));
                    assertTrue(later.getMessage().contains("cancelled"), later.getMessage());
                  }
                }));
  }
}
