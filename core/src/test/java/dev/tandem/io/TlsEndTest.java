package dev.tandem.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.LogCapture;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.sync.AsyncEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS that begins late or ends early. The other side is the JDK's, in our hands. */
final class TlsEndTest {

  @TempDir static Path directory;

  private static SSLContext context;

  @BeforeAll
  static void makeCertificate() throws Exception {
    context = Certificates.selfSigned(directory, "right", "ip:127.0.0.1");
  }

  private static TlsSettings settings(String version) {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    return TlsSettings.DEFAULT.context(context).parameters(parameters);
  }

  /** What the far end does to the near end. */
  @FunctionalInterface
  private interface Trial {
    void run(TcpConnection near, Socket raw, SSLSocket far) throws Exception;
  }

  /** Both ends have shaken hands; ours is a client or a server. */
  private static void secured(TlsSettings settings, boolean client, Trial trial) throws Exception {
    long before = Accounts.sockets();
    try (var server = new Loopback();
        var near = near(server, client);
        Socket raw = server.accept()) {
      var far =
          (SSLSocket)
              context.getSocketFactory().createSocket(raw, Loopback.HOST, raw.getPort(), false);
      far.setUseClientMode(!client);
      TaskGroup.run(
          group -> {
            group.start("far", far::startHandshake);
            near.startTls(settings);
          });
      trial.run(near, raw, far);
    }
    Accounts.settleSockets(before);
  }

  private static TcpConnection near(Loopback server, boolean client) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral(Loopback.HOST), server.port());
    return new TcpConnection(
        SocketChannel.open(address), Loopback.HOST, TcpSettings.DEFAULT, client);
  }

  private static void say(SSLSocket far, String text) throws IOException {
    far.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static void reset(Socket raw) throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void read_peerCutsTheConnection_isNoEnd(String version, boolean client) throws Exception {
    secured(
        settings(version),
        client,
        (near, raw, far) -> {
          say(far, "all\nbut the e");
          assertEquals("all", near.readLine());
          raw.shutdownOutput();
          var cut = assertThrows(ConnectionCutException.class, near::readLine);
          assertTrue(cut.getMessage().contains("close_notify"), cut.getMessage());
          assertFalse(near.isOpen());
          var later = assertThrows(StreamClosedException.class, near::readLine);
          assertTrue(later.getMessage().contains("it was cut"), later.getMessage());
        });
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void read_cutWhileItWaits_isNoEnd(String version, boolean client) throws Exception {
    secured(
        settings(version),
        client,
        (near, raw, far) ->
            TaskGroup.run(
                group -> {
                  Thread self = Thread.currentThread();
                  group.start(
                      "cutter",
                      () -> {
                        Loopback.until(() -> Loopback.isInSocket(self));
                        raw.shutdownOutput();
                      });
                  assertThrows(ConnectionCutException.class, () -> near.readAll(100));
                }));
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void read_cutWithinARecord_isNoEnd(String version, boolean client) throws Exception {
    secured(
        settings(version),
        client,
        (near, raw, far) -> {
          raw.getOutputStream().write(new byte[] {23, 3, 3, 0, 100, 1, 2, 3});
          raw.shutdownOutput();
          assertThrows(ConnectionCutException.class, () -> near.inputStream().read());
        });
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void read_peerResets_isLost(String version, boolean client) throws Exception {
    secured(
        settings(version),
        client,
        (near, raw, far) -> {
          reset(raw);
          assertThrows(ConnectionLostException.class, near::readLine);
        });
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void read_peerSaysFarewell_isTheEnd(String version, boolean client) throws Exception {
    secured(
        settings(version),
        client,
        (near, raw, far) -> {
          say(far, "all\nand the end");
          far.shutdownOutput();
          raw.shutdownOutput();
          assertEquals("all", near.readLine());
          assertEquals("and the end", near.readLine());
          assertNull(near.readLine());
          assertNull(near.readLine());
          assertTrue(near.isOpen());
        });
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void withoutFarewell_peerCutsTheConnection_isTheEnd(String version, boolean client)
      throws Exception {
    secured(
        settings(version).withoutFarewell(),
        client,
        (near, raw, far) -> {
          say(far, "all");
          raw.shutdownOutput();
          assertEquals("all", near.readLine());
          assertNull(near.readLine());
        });
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void closeOutput_thenThePeerCuts_isNoEnd(boolean client) throws Exception {
    secured(
        settings("TLSv1.3"),
        client,
        (near, raw, far) -> {
          near.closeOutput();
          say(far, "half an answer\n");
          assertEquals("half an answer", near.readLine());
          raw.shutdownOutput();
          assertThrows(ConnectionCutException.class, near::readLine);
        });
  }

  @Test
  void close_ofAServedConnection_isAnEndForItsClient() throws Exception {
    TcpSettings both = TcpSettings.DEFAULT.tls(TlsSettings.DEFAULT.context(context));
    try (var server = both.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(near -> near.writeLine("hello")));
            try (var connection = both.open(Loopback.HOST, server.port())) {
              assertEquals("hello", connection.readLine());
              assertNull(connection.readLine());
            }
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.3,true", "TLSv1.3,false"})
  void close_afterWritesAlone_losesNothing(String version, boolean atOnce) throws Exception {
    // More than the server takes before it begins to read, and not more than the system takes.
    int size = 200_000;
    TcpSettings both = TcpSettings.DEFAULT.tls(settings(version));
    var closed = AsyncEvent.create();
    var came = AsyncQueue.<Integer>unbounded();
    try (var server = both.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon(
                "server",
                () ->
                    server.serve(
                        near -> {
                          closed.await();
                          came.put(near.readAll(10 * size).length);
                        }));
            var connection = both.open(Loopback.HOST, server.port());
            connection.write(new byte[size]);
            if (!atOnce) {
              connection.outputStream().close();
            }
            connection.close();
            closed.set();
            assertEquals(size, came.poll(ofSeconds(20)).orElse(-1));
          });
    }
  }

  @Test
  void close_withoutAWrite_doesNotWaitForTheServer() throws Exception {
    secured(
        settings("TLSv1.3"),
        true,
        (near, raw, far) -> {
          Tandem.<RuntimeException>timeout(ofMillis(900), near::close);
          assertFalse(near.isOpen());
        });
  }

  @Test
  void handshakeTimeout_unlessSetOtherwise_isAMinute() {
    assertEquals(Duration.ofSeconds(60), TlsSettings.DEFAULT.handshakeTimeout);
    for (Duration wrong : new Duration[] {Duration.ZERO, ofSeconds(-1)}) {
      assertThrows(
          IllegalArgumentException.class, () -> TlsSettings.DEFAULT.handshakeTimeout(wrong));
    }
  }

  @Test
  void handshakeTimeout_peerIsMute_isNamedAndTheConnectionClosed() throws Exception {
    long before = Accounts.sockets();
    TlsSettings quick = settings("TLSv1.3").handshakeTimeout(ofMillis(50));
    try (var server = new Loopback()) {
      var failed =
          assertThrows(
              TlsFailedException.class,
              () -> TcpSettings.DEFAULT.tls(quick).open(Loopback.HOST, server.port()).close());
      assertTrue(failed.getMessage().contains("PT0.05S"), failed.getMessage());
      assertTrue(failed.getMessage().contains("handshakeTimeout"), failed.getMessage());
      assertInstanceOf(DeadlineExceededException.class, failed.getCause());
      try (var pair = server.pair()) {
        assertThrows(TlsFailedException.class, () -> pair.near().startTls(quick));
        assertFalse(pair.near().isOpen());
      }
    }
    Accounts.settleSockets(before);
  }

  @Test
  void handshakeTimeout_aDeadlineAroundItIsEarlier_isThatOnes() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      var late =
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  Tandem.timeout(
                      "mine", ofMillis(50), () -> pair.near().startTls(settings("TLSv1.3"))));
      assertTrue(late.getMessage().contains("mine"), late.getMessage());
      assertFalse(pair.near().isOpen());
    }
  }

  @Test
  void handshakeTimeout_aClientIsMute_freesItsPlace() throws Exception {
    TlsSettings quick = settings("TLSv1.3").handshakeTimeout(ofMillis(50));
    try (var server = TcpSettings.DEFAULT.tls(quick).listen(Loopback.HOST, 0);
        var log = new LogCapture("dev.tandem.io")) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(1, near -> near.writeLine("hello")));
            try (var mute = TcpConnection.open(Loopback.HOST, server.port())) {
              assertNull(mute.readLine());
            }
            Loopback.until(() -> !log.records().isEmpty());
          });
      assertTrue(
          log.records().getFirst().getThrown() instanceof TlsFailedException,
          log.messages().toString());
    }
  }
}
