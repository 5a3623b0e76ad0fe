package dev.tandem.io;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Connections to a peer that behaves, and to one that does not. */
final class TcpConnectionTest {

  private static Dns answering(InetAddress... addresses) {
    return new Dns(host -> addresses);
  }

  private static InetAddress address(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  @Test
  void conversation_inLines_isHeardOnBothSides() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair(TcpSettings.DEFAULT.lineEnd("\r\n"))) {
      pair.near().writeLine("grüß dich");
      assertEquals("grüß dich\r\n", pair.hear(13));
      pair.say("dich auch\r\nund ");
      assertEquals("dich auch", pair.near().readLine());
      pair.say("tschüß");
      pair.end();
      assertEquals("und tschüß", pair.near().readLine());
      assertNull(pair.near().readLine());
      assertTrue(pair.near().isOpen());
    }
  }

  @Test
  void closeOutput_peerSeesTheEndAndGoesOn() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.near().write("question");
      pair.near().closeOutput();
      pair.near().closeOutput();
      assertEquals("question", new String(pair.far().getInputStream().readAllBytes(), UTF_8));
      assertThrows(StreamClosedException.class, () -> pair.near().write("more"));
      pair.say("answer");
      pair.end();
      assertEquals("answer", new String(pair.near().readAll(100), UTF_8));
    }
  }

  @Test
  void read_peerResets_isALostConnection() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.reset();
      var error = assertThrows(ConnectionLostException.class, () -> pair.near().readLine());
      assertTrue(error.getMessage().contains("127.0.0.1:" + server.port()), error.getMessage());
      assertFalse(pair.near().isOpen());
      var later = assertThrows(StreamClosedException.class, () -> pair.near().readLine());
      assertTrue(later.getMessage().contains("it was lost"), later.getMessage());
    }
  }

  @Test
  void write_peerResets_isALostConnection() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.reset();
      assertThrows(ConnectionLostException.class, () -> Loopback.flood(pair.near()));
      assertThrows(StreamClosedException.class, () -> pair.near().write("more"));
    }
  }

  @Test
  void write_peerIsSlow_waitsAndLosesNothing() throws Exception {
    byte[] much = new byte[20_000_000];
    new Random(1).nextBytes(much);
    try (var server = new Loopback();
        var pair = server.pair()) {
      TaskGroup.run(
          group -> {
            group.start("writer", () -> pair.near().write(much));
            assertArrayEquals(much, pair.far().getInputStream().readNBytes(much.length));
          });
    }
  }

  @Test
  void write_byMany_eachGoesOutInOnePiece() throws Exception {
    int writers = 8;
    int size = 300_000;
    try (var server = new Loopback();
        var pair = server.pair()) {
      TaskGroup.run(
          group -> {
            for (int i = 0; i < writers; i++) {
              byte[] piece = new byte[size];
              Arrays.fill(piece, (byte) i);
              group.start("writer", () -> pair.near().write(piece));
            }
            InputStream far = pair.far().getInputStream();
            for (int i = 0; i < writers; i++) {
              byte[] piece = far.readNBytes(size);
              byte[] expected = new byte[size];
              Arrays.fill(expected, piece[0]);
              assertArrayEquals(expected, piece);
            }
          });
    }
  }

  @Test
  void close_whileAnotherReads_tellsIt() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      var thread = new AtomicReference<Thread>();
      TaskGroup.run(
          group -> {
            Task<?> reader =
                group.start(
                    "reader",
                    () -> {
                      thread.set(Thread.currentThread());
                      return assertThrows(
                          StreamClosedException.class, () -> pair.near().readLine());
                    });
            Loopback.until(() -> thread.get() != null && Loopback.isInSocket(thread.get()));
            pair.near().close();
            assertTrue(reader.await().toString().contains("it was closed"));
          });
    }
  }

  @Test
  void read_byTwoAtOnce_refusesTheSecond() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      var thread = new AtomicReference<Thread>();
      TaskGroup.run(
          "talk",
          group -> {
            group.start(
                "first",
                () -> {
                  thread.set(Thread.currentThread());
                  assertEquals("x", pair.near().readLine());
                });
            Loopback.until(() -> thread.get() != null && Loopback.isInSocket(thread.get()));
            var error = assertThrows(IllegalStateException.class, () -> pair.near().readLine());
            assertTrue(
                error.getMessage().contains("is being read already, by talk/first; let one"),
                error.getMessage());
            pair.say("x\n");
          });
    }
  }

  @Test
  void read_whileAThreadThatIsNoTaskDoes_namesTheThread() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      Thread first =
          Thread.ofVirtual()
              .name("outsider")
              .start(() -> assertDoesNotThrow(() -> pair.near().readLine()));
      Loopback.until(() -> Loopback.isInSocket(first));
      var error = assertThrows(IllegalStateException.class, () -> pair.near().readLine());
      assertTrue(error.getMessage().contains("already, by outsider; let"), error.getMessage());
      pair.say("x\n");
      first.join();
    }
  }

  @Test
  void open_firstAddressesRefuse_triesTheNext() throws Exception {
    try (var server = new Loopback()) {
      var settings = TcpSettings.DEFAULT.dns(answering(address(2), address(3), address(1)));
      try (var connection = settings.open("several.example", server.port())) {
        assertEquals("127.0.0.1:" + server.port(), Peers.text(connection.remoteAddress()));
      }
    }
  }

  @Test
  void open_allAddressesRefuse_keepsEachFailure() throws Exception {
    int port;
    try (var server = new Loopback()) {
      port = server.port();
    }
    var settings = TcpSettings.DEFAULT.dns(answering(address(2), address(3), address(1)));
    var error = assertThrows(ConnectFailedException.class, () -> settings.open("x.example", port));
    assertEquals("x.example", error.host());
    assertEquals(port, error.port());
    assertTrue(error.getMessage().contains("none of its 3 addresses"), error.getMessage());
    assertTrue(String.valueOf(error.getCause()).contains("127.0.0.2: "), error.toString());
    assertEquals(2, error.getSuppressed().length);
    assertTrue(error.getSuppressed()[1].getMessage().startsWith("127.0.0.1: "));
  }

  @Test
  void open_hostUnknownOrWithoutAddress_saysSo() {
    var unknown =
        TcpSettings.DEFAULT.dns(
            new Dns(
                host -> {
                  throw new UnknownHostException(host);
                }));
    var error = assertThrows(ConnectFailedException.class, () -> unknown.open("no.example", 80));
    assertTrue(error.getMessage().contains("the host is unknown"), error.getMessage());
    var none = TcpSettings.DEFAULT.dns(answering());
    assertThrows(ConnectFailedException.class, () -> none.open("no.example", 80));
    assertThrows(ConnectFailedException.class, () -> TcpConnection.open("1.2.3.4.5", 80));
  }

  @Test
  void arguments_thatCannotBe_areRefused() {
    for (int port : new int[] {-1, 0, 65_536}) {
      var error = assertThrows(IllegalArgumentException.class, () -> TcpConnection.open("x", port));
      assertEquals("port must be from 1 to 65535, but was " + port, error.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> TcpServer.listen("x", 65_536));
    assertThrows(IllegalArgumentException.class, () -> TcpConnection.open(" ", 80));
    assertThrows(IllegalArgumentException.class, () -> TcpConnection.open("x", 80, ZERO));
    assertThrows(IllegalArgumentException.class, () -> TcpSettings.DEFAULT.lineLimit(0));
    assertThrows(IllegalArgumentException.class, () -> TcpSettings.DEFAULT.charset(UTF_16));
    var readOnly = Charset.forName("ISO-2022-CN");
    var error =
        assertThrows(IllegalArgumentException.class, () -> TcpSettings.DEFAULT.charset(readOnly));
    assertEquals("charset ISO-2022-CN can be read but not written; use UTF-8", error.getMessage());
  }

  @Test
  void streams_forLibraries_shareTheConnection() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.say("line\nrest");
      pair.end();
      assertEquals("line", pair.near().readLine());
      InputStream in = pair.near().inputStream();
      assertEquals('r', in.read());
      assertEquals("est", new String(in.readAllBytes(), UTF_8));
      assertEquals(-1, in.read());
      try (OutputStream out = pair.near().outputStream()) {
        out.write('a');
        out.write("bc".getBytes(UTF_8));
      }
      assertEquals("abc", new String(pair.far().getInputStream().readAllBytes(), UTF_8));
    }
  }

  @Test
  void lines_leftEarly_canBeReadOn() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      pair.say("a\nb\nc\n");
      pair.end();
      try (var lines = pair.near().lines()) {
        for (String line : lines) {
          assertEquals("a", line);
          break;
        }
      }
      assertEquals(List.of("b", "c"), pair.near().lines().toList());
    }
  }

  @Test
  void virtualTime_aRealConnectionInside_works() throws Exception {
    try (var server = new Loopback()) {
      VirtualTime.run(
          root -> {
            try (var connection = TcpConnection.open("127.0.0.1", server.port(), ofSeconds(1));
                var far = server.accept()) {
              far.getOutputStream().write("hi\n".getBytes(UTF_8));
              assertEquals("hi", connection.readLine());
              assertEquals(ZERO, VirtualTime.elapsed());
            }
          });
    }
  }

  @Test
  void closeOutput_severalWhileSomebodyWrites_laterOnesDoNothing() throws Exception {
    try (var server = new Loopback();
        var pair = server.pair()) {
      TaskGroup.run(
          group -> {
            Task<?> writer = group.start("writer", () -> Loopback.flood(pair.near()));
            pair.hear(1);
            Task<?> a = group.start("a", () -> pair.near().closeOutput());
            Task<?> b = group.start("b", () -> pair.near().closeOutput());
            pair.far().getInputStream().transferTo(OutputStream.nullOutputStream());
            writer.await();
            a.await();
            b.await();
          });
    }
  }
}
