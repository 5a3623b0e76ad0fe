package dev.tandem.testing;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.io.Connection;
import dev.tandem.io.ConnectionLostException;
import dev.tandem.io.IncompleteReadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every fault comes where it was planned, and at its moment, to the nanosecond. */
final class StreamFaultsTest {

  private static MemoryLink link(StreamFaults toServer) {
    return MemoryConnection.settings().toServer(toServer).open();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /** What comes by single reads until the end. */
  private static List<String> pieces(Connection from) throws IOException, InterruptedException {
    List<String> pieces = new ArrayList<>();
    for (byte[] next = from.read(100); next.length > 0; next = from.read(100)) {
      pieces.add(text(next));
    }
    return pieces;
  }

  private static List<String> pieces(StreamFaults faults, String... writes) throws Exception {
    MemoryLink link = link(faults);
    for (String text : writes) {
      link.client().write(text);
    }
    link.client().close();
    return pieces(link.server());
  }

  @Test
  void none_severalWrites_comeTogether() throws Exception {
    assertEquals(List.of("abcde"), pieces(StreamFaults.none(), "ab", "c", "de"));
  }

  @Test
  void split_fixed_givesAtMostSoMany() throws Exception {
    assertEquals(List.of("a", "b", "c"), pieces(StreamFaults.none().split(1), "ab", "c"));
    assertEquals(List.of("abc", "de"), pieces(StreamFaults.none().split(3), "ab", "cde"));
  }

  @Test
  void splitAtRandom_sameSeed_splitsTheSame() throws Exception {
    String text = "abcdefghijklmnopqrstuvwxyz";
    List<String> once = pieces(StreamFaults.none().splitAtRandom(7, 5), text);
    assertEquals(once, pieces(StreamFaults.none().splitAtRandom(7, 5), text));
    assertNotEquals(once, pieces(StreamFaults.none().splitAtRandom(8, 5), text));
    assertEquals(text, String.join("", once));
    assertTrue(once.stream().allMatch(piece -> piece.length() <= 5), once::toString);
  }

  @Test
  void split_lines_areWholeAnyway() throws Exception {
    for (int size = 1; size < 10; size++) {
      MemoryLink link = link(StreamFaults.none().split(size));
      link.client().write("first\r\nsecond\n\nlast");
      link.client().closeOutput();
      assertEquals(List.of("first", "second", "", "last"), link.server().lines().toList());
    }
  }

  @Test
  void delay_bytesAndEnd_comeThatMuchLater() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          MemoryLink link = link(StreamFaults.none().delay(ofMillis(40)));
          link.client().writeLine("one");
          assertEquals(ZERO, VirtualTime.elapsed());
          sleep(ofMillis(10));
          link.client().writeLine("two");
          sleep(ofMillis(10));
          link.client().closeOutput();
          assertEquals("one", link.server().readLine());
          assertEquals(ofMillis(40), VirtualTime.elapsed());
          assertEquals("two", link.server().readLine());
          assertEquals(ofMillis(50), VirtualTime.elapsed());
          assertNull(link.server().readLine());
          assertEquals(ofMillis(60), VirtualTime.elapsed());
        });
  }

  @Test
  void trickle_comesBitByBit() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          MemoryLink link = link(StreamFaults.none().trickle(2, ofSeconds(1)));
          link.client().write("abcde");
          link.client().closeOutput();
          sleep(ofSeconds(1));
          assertEquals("abcd", text(link.server().read(100)));
          assertEquals("e", text(link.server().read(100)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void stallAfter_several_eachHoldsWhatIsBehindIt() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          MemoryLink link =
              link(
                  StreamFaults.none()
                      .stallAfter(4, ofSeconds(5))
                      .stallAfter(2, ofSeconds(3))
                      .stallAfter(0, ofSeconds(1)));
          link.client().write("abcdef");
          assertEquals("ab", text(link.server().read(100)));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertEquals("cd", text(link.server().read(100)));
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
          assertEquals("ef", text(link.server().read(100)));
          assertEquals(ofSeconds(9), VirtualTime.elapsed());
        });
  }

  @Test
  void silentAfter_nothingComesAnyMore_notEvenTheEnd() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          MemoryLink link = link(StreamFaults.none().silentAfter(3));
          link.client().write("abcdef");
          link.client().close();
          assertEquals("abc", text(link.server().readExactly(3)));
          assertFalse(
              moveOnAfter(
                  ofSeconds(1000),
                  () -> {
                    link.server().read(1);
                  }));
        });
  }

  @Test
  void resetAfter_bytesBeforeCanBeRead_andThenBothDirectionsAreLost() throws Exception {
    MemoryLink link = link(StreamFaults.none().resetAfter(3));
    link.server().writeLine("on its way");
    link.client().write("abcdef");
    assertEquals("abc", text(link.server().readExactly(3)));
    var lost = assertThrows(ConnectionLostException.class, () -> link.server().read(1));
    assertEquals("the connection to the client was lost: it was reset", lost.getMessage());
    assertThrows(ConnectionLostException.class, () -> link.client().read(1));
  }

  @Test
  void resetAfter_nextWrites_areLostOnBothSides() throws Exception {
    MemoryLink link = link(StreamFaults.none().resetAfter(3));
    link.client().write("abc");
    assertThrows(ConnectionLostException.class, () -> link.client().write("d"));
    assertThrows(ConnectionLostException.class, () -> link.server().write("d"));
  }

  @Test
  void resetAfter_peerWaits_isTold() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          MemoryLink link = link(StreamFaults.none().resetAfter(1).delay(ofSeconds(2)));
          var reads =
              group.start(
                  () ->
                      assertThrows(ConnectionLostException.class, () -> link.server().readLine()));
          sleep(ofSeconds(1));
          link.client().write("ab");
          reads.await();
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void endAfter_inTheMiddleOfAMessage_isAnEnd() throws Exception {
    MemoryLink link = link(StreamFaults.none().endAfter(4));
    link.client().write("abcdef");
    link.client().write("not noticed");
    var short4 = assertThrows(IncompleteReadException.class, () -> link.server().readExactly(6));
    assertEquals("abcd", text(short4.partial()));
    link.server().writeLine("answer");
    assertEquals("answer", link.client().readLine());
  }

  @Test
  void faults_badArguments_areRefused() {
    StreamFaults none = StreamFaults.none();
    assertThrows(IllegalArgumentException.class, () -> none.split(0));
    assertThrows(IllegalArgumentException.class, () -> none.splitAtRandom(1, 0));
    assertThrows(IllegalArgumentException.class, () -> none.delay(ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> none.trickle(0, ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> none.trickle(1, ZERO));
    assertThrows(IllegalArgumentException.class, () -> none.stallAfter(-1, ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> none.stallAfter(1, ZERO));
    assertThrows(IllegalArgumentException.class, () -> none.silentAfter(-1));
    assertThrows(IllegalArgumentException.class, () -> none.buffer(0));
    assertThrows(IllegalArgumentException.class, () -> none.resetAfter(0));
    assertThrows(IllegalArgumentException.class, () -> none.endAfter(0));
    assertThrows(NullPointerException.class, () -> none.delay(null));
    assertThrows(NullPointerException.class, () -> none.stallAfter(1, null));
    assertThrows(NullPointerException.class, () -> none.trickle(1, null));
  }
}
