package dev.tandem.testing;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.io.Connection;
import dev.tandem.io.ConnectionLostException;
import dev.tandem.io.IncompleteReadException;
import dev.tandem.io.StreamClosedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two ends in memory are read, written, closed and cancelled like a connection of a network. */
final class MemoryConnectionTest {

  private final MemoryLink link = MemoryConnection.pair();
  private final Connection client = link.client();
  private final Connection server = link.server();

  @Test
  void pair_withoutVirtualTime_carriesBothWays() throws Exception {
    client.writeLine("question");
    server.write("answer, in part");
    assertEquals("question", server.readLine());
    assertEquals("answer", new String(client.readExactly(6), UTF_8));
    assertEquals(", in", new String(client.readUntil("in"), UTF_8));
  }

  @Test
  void read_nothingThere_waitsForTheWriter() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start(() -> writeLater(client, "late"));
          assertEquals("late", server.readLine());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  private static void writeLater(Connection connection, String line)
      throws IOException, InterruptedException {
    sleep(ofSeconds(3));
    connection.writeLine(line);
  }

  @Test
  void read_onRealThreads_waitsForTheWriter() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          Task<@Nullable String> asked = group.start(() -> client.readLine());
          group.start(
              () -> {
                for (String line : server.lines()) {
                  server.writeLine(line + ", too");
                }
              });
          client.writeLine("hello");
          assertEquals("hello, too", asked.await());
          client.closeOutput();
        });
  }

  @Test
  void read_bothEndsWait_isADeadlock() {
    assertThrows(
        DeadlockException.class,
        () ->
            VirtualTime.run(
                (TaskGroup group) -> {
                  group.start(() -> client.readLine());
                  server.readLine();
                }));
  }

  @Test
  void closeOutput_readerFindsTheEnd_andTheOtherDirectionGoesOn() throws Exception {
    client.writeLine("last");
    client.closeOutput();
    client.closeOutput();
    assertEquals(List.of("last"), server.lines().toList());
    assertEquals(0, server.read(10).length);
    server.writeLine("still here");
    assertEquals("still here", client.readLine());
    var error = assertThrows(StreamClosedException.class, () -> client.write("more"));
    assertTrue(String.valueOf(error.getMessage()).contains("output"), error.getMessage());
  }

  @Test
  void close_peerReadsWhatCameAndThenTheEnd_andCannotWrite() throws Exception {
    client.writeLine("bye");
    client.close();
    client.close();
    assertFalse(client.isOpen());
    assertEquals("bye", server.readLine());
    assertNull(server.readLine());
    assertTrue(server.isOpen());
    var lost = assertThrows(ConnectionLostException.class, () -> server.write("bye"));
    assertEquals(
        "the connection to the client was lost: the peer has closed it", lost.getMessage());
    assertFalse(server.isOpen());
    assertThrows(StreamClosedException.class, server::readLine);
  }

  @Test
  void close_ownSide_refusesReadsAndWrites() throws Exception {
    server.writeLine("unread");
    client.close();
    assertThrows(StreamClosedException.class, client::readLine);
    assertThrows(StreamClosedException.class, () -> client.write("more"));
    assertThrows(StreamClosedException.class, client::closeOutput);
  }

  @Test
  void close_whileOthersReadAndWrite_tellsThem() throws Exception {
    MemoryLink tight = MemoryConnection.settings().toServer(StreamFaults.none().buffer(1)).open();
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> reads = group.start(() -> closedBy(() -> tight.client().readLine()));
          Task<String> writes = group.start(() -> closedBy(() -> tight.client().write("long")));
          sleep(ofSeconds(1));
          tight.client().close();
          assertEquals("it was closed", reads.await());
          assertEquals("it was closed", writes.await());
        });
  }

  private interface Use {
    void run() throws Exception;
  }

  private static String closedBy(Use use) {
    String told = String.valueOf(assertThrows(StreamClosedException.class, use::run).getMessage());
    return told.contains("it was closed") ? "it was closed" : told;
  }

  @Test
  void write_noRoom_waitsForTheReader() throws Exception {
    MemoryLink tight = MemoryConnection.settings().toServer(StreamFaults.none().buffer(4)).open();
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<@Nullable Void> writes = group.start(() -> tight.client().write("123456789"));
          sleep(ofSeconds(1));
          assertEquals(TaskState.RUNNING, writes.state());
          assertEquals("1234", new String(tight.server().read(100), UTF_8));
          sleep(ofSeconds(1));
          assertEquals(TaskState.RUNNING, writes.state());
          assertEquals("56789", new String(tight.server().readExactly(5), UTF_8));
          writes.await();
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void write_severalAtOnce_goOutInOnePieceEach() throws Exception {
    var narrow = StreamFaults.none().buffer(3).split(2);
    VirtualTime.explore(
        50,
        group -> {
          MemoryLink tight = MemoryConnection.settings().bothWays(narrow).open();
          for (String word : List.of("aaaaaaa", "bbbbbbb", "ccccccc")) {
            group.start(() -> tight.client().writeLine(word));
          }
          List<String> words =
              List.of(
                  String.valueOf(tight.server().readLine()),
                  String.valueOf(tight.server().readLine()),
                  String.valueOf(tight.server().readLine()));
          assertEquals(List.of("aaaaaaa", "bbbbbbb", "ccccccc"), words.stream().sorted().toList());
        });
  }

  @Test
  void read_cancelledInTheMiddle_closesAndThePeerFindsTheEnd() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          assertFalse(
              moveOnAfter(
                  ofSeconds(1),
                  () -> {
                    client.readLine();
                  }));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertFalse(client.isOpen());
          var error = assertThrows(StreamClosedException.class, client::readLine);
          assertTrue(
              String.valueOf(error.getMessage()).contains("cancelled in the middle"),
              error.getMessage());
          assertNull(server.readLine());
        });
  }

  @Test
  void write_cancelledInTheMiddle_closes() throws Exception {
    MemoryLink tight = MemoryConnection.settings().toServer(StreamFaults.none().buffer(4)).open();
    VirtualTime.run(
        (TaskGroup group) -> {
          assertFalse(moveOnAfter(ofSeconds(1), () -> tight.client().write("123456789")));
          assertFalse(tight.client().isOpen());
          var half =
              assertThrows(IncompleteReadException.class, () -> tight.server().readExactly(9));
          assertEquals("1234", new String(half.partial(), UTF_8));
        });
  }

  @Test
  void read_cancelledBefore_hasDoneNothing() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<@Nullable Void> late =
              group.start(
                  () -> {
                    try {
                      sleep(ofSeconds(5));
                    } finally {
                      assertThrows(InterruptedException.class, client::readLine);
                      assertThrows(InterruptedException.class, () -> client.write("x"));
                    }
                  });
          sleep(ofSeconds(1));
          late.cancel("enough");
        });
    assertTrue(client.isOpen());
  }

  @Test
  void read_secondReader_isRefused() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.startDaemon("reads", () -> client.readLine());
          sleep(ofSeconds(1));
          assertThrows(IllegalStateException.class, client::readLine);
        });
  }

  @Test
  void reset_bothEnds_loseTheConnection() throws Exception {
    server.writeLine("on its way");
    link.reset();
    assertThrows(ConnectionLostException.class, client::readLine);
    assertThrows(ConnectionLostException.class, () -> server.write("x"));
  }

  @Test
  void settings_charsetAndLineEnd_areThoseOfText() throws Exception {
    MemoryLink other =
        MemoryConnection.settings().charset(ISO_8859_1).lineEnd("\r\n").lineLimit(10).open();
    other.client().writeLine("grün");
    assertArrayEquals("grün\r\n".getBytes(ISO_8859_1), other.server().readUntil("\n"));
    other.client().outputStream().write(65);
    assertEquals(65, other.server().inputStream().read());
  }

  @Test
  void settings_badArguments_areRefused() {
    MemorySettings settings = MemoryConnection.settings();
    assertThrows(NullPointerException.class, () -> settings.charset(null));
    assertThrows(NullPointerException.class, () -> settings.lineEnd(null));
    assertThrows(NullPointerException.class, () -> settings.toServer(null));
    assertThrows(NullPointerException.class, () -> settings.toClient(null));
    assertThrows(IllegalArgumentException.class, () -> settings.lineLimit(0));
    assertThrows(IllegalArgumentException.class, () -> settings.charset(UTF_16).open());
    assertThrows(NullPointerException.class, () -> client.write((byte[]) null));
    assertThrows(IndexOutOfBoundsException.class, () -> client.write(new byte[3], 2, 2));
  }

  @Test
  void toString_tellsItsState() throws Exception {
    client.write("abc");
    assertEquals("MemoryConnection[client, 0 bytes on their way in, 3 out]", client.toString());
    client.close();
    assertTrue(link.toString().contains("closed: it was closed"), link.toString());
  }
}
