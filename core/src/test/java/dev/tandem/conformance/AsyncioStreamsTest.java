package dev.tandem.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.LogCapture;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.io.ConnectionHandler;
import dev.tandem.io.ConnectionLostException;
import dev.tandem.io.LimitExceededException;
import dev.tandem.io.StreamClosedException;
import dev.tandem.io.TcpConnection;
import dev.tandem.io.TcpServer;
import dev.tandem.io.TcpSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of streams. */
final class AsyncioStreamsTest {

  private static final String DATA = "line1\nline2\nline3\n";

  /** What is done with a connection. */
  @FunctionalInterface
  private interface Use {
    void of(TcpConnection connection) throws Exception;
  }

  /** Connects to a server that does as {@code handler} says. */
  private static void with(TcpSettings settings, ConnectionHandler handler, Use use)
      throws Exception {
    try (var server = TcpServer.listen("127.0.0.1", 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(handler));
            try (var connection = settings.open("127.0.0.1", server.port())) {
              use.of(connection);
            }
          });
    }
  }

  private static void saying(String text, Use use) throws Exception {
    with(TcpSettings.DEFAULT, far -> far.write(text), use);
  }

  @Test
  void open_aRequestAndItsAnswer_areReadAsLineAndRest() throws Exception {
    with(
        TcpSettings.DEFAULT.lineEnd("\r\n"),
        far -> {
          assertEquals("GET / HTTP/1.0", far.readLine());
          far.write("HTTP/1.0 200 OK\r\n\r\nTest message");
        },
        near -> {
          near.writeLine("GET / HTTP/1.0");
          assertEquals("HTTP/1.0 200 OK", near.readLine());
          assertEquals("\r\nTest message", new String(near.readAll(100), UTF_8));
        });
  }

  @Test
  void readLine_thenANumberOfBytes_goesOnBehindTheLine() throws Exception {
    saying(
        DATA,
        near -> {
          assertEquals("line1", near.readLine());
          assertEquals("line2\nl", new String(near.readExactly(7), UTF_8));
          assertEquals(List.of("ine3"), near.lines().toList());
        });
  }

  @Test
  void readLine_exactlyAsLongAsTheLimit_isALine() throws Exception {
    with(
        TcpSettings.DEFAULT.lineLimit(7),
        far -> far.write("1234567\n12345678\n"),
        near -> {
          assertEquals("1234567", near.readLine());
          assertThrows(LimitExceededException.class, near::readLine);
          assertEquals("12345678\n", new String(near.readExactly(9), UTF_8));
        });
  }

  @Test
  void readUntil_delimiterThatBeginsLikeItself_isFound() throws Exception {
    saying(
        "QWEaaXYaaaXaaaa",
        near -> {
          assertEquals("QWEaaXYaaa", new String(near.readUntil("aaa"), UTF_8));
          assertEquals("Xaaa", new String(near.readUntil("aaa"), UTF_8));
          assertEquals("a", new String(near.readAll(10), UTF_8));
        });
  }

  @Test
  void write_againAndAgainToAPeerThatHasClosed_failsSoon() throws Exception {
    saying(
        "",
        near ->
            assertThrows(
                ConnectionLostException.class,
                () -> {
                  while (true) {
                    near.writeLine("foo");
                  }
                }));
  }

  @Test
  void close_withUnreadData_isClosed() throws Exception {
    saying(
        DATA,
        near -> {
          assertEquals("line1", near.readLine());
          assertTrue(near.isOpen());
          near.close();
          assertFalse(near.isOpen());
          assertThrows(StreamClosedException.class, () -> near.write("data"));
          assertThrows(StreamClosedException.class, () -> near.read(1));
        });
  }

  @Test
  void handler_isCancelled_isNotLogged() throws Exception {
    var there = new CountDownLatch(1);
    try (var log = new LogCapture("dev.tandem.io");
        var server = TcpServer.listen("127.0.0.1", 0)) {
      TaskGroup.run(
          group -> {
            Task<?> serving =
                group.startDaemon(
                    "server",
                    () ->
                        server.serve(
                            connection -> {
                              there.countDown();
                              connection.readLine();
                            }));
            try (var near = TcpConnection.open("127.0.0.1", server.port())) {
              there.await();
              serving.cancel("enough");
              assertTrue(serving.await(Duration.ofSeconds(20)).isPresent());
              assertEquals(0, near.read(1).length);
            }
          });
      assertEquals(List.of(), log.messages());
    }
  }
}
