package dev.tandem.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a reader makes of bytes, in whatever pieces they come. */
final class StreamReaderTest {

  /** Gives the pieces it was made with, one at a time. */
  private static final class Pieces implements ByteSource {

    private final Queue<byte[]> pieces = new ArrayDeque<>();

    Pieces(byte[]... all) {
      pieces.addAll(List.of(all));
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      byte[] next = pieces.poll();
      if (next == null) {
        return -1;
      }
      int count = Math.min(length, next.length);
      System.arraycopy(next, 0, into, offset, count);
      if (count < next.length) {
        ((ArrayDeque<byte[]>) pieces).addFirst(Arrays.copyOfRange(next, count, next.length));
      }
      return count;
    }

    @Override
    public void ensureOpen() {}

    @Override
    public String toString() {
      return "the pieces";
    }
  }

  private static StreamReader of(int limit, String... pieces) {
    byte[][] all = Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new);
    return new StreamReader(new Pieces(all), UTF_8, limit);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Test
  void readLine_lineFeedsCarriageReturnsAndNoEnd_areLines() throws Exception {
    StreamReader reader = of(100, "one\ntw", "o\r", "\n\r\n\n", "a\rb\nlast");
    assertEquals(List.of("one", "two", "", "", "a\rb", "last"), reader.lines().toList());
    assertTrue(reader.isAtEnd());
    assertNull(reader.readLine());
  }

  @Test
  void readLine_characterInTwoPieces_isWhole() throws Exception {
    byte[] umlaut = "ä€𝄞\n".getBytes(UTF_8);
    byte[][] single = new byte[umlaut.length][];
    for (int i = 0; i < umlaut.length; i++) {
      single[i] = new byte[] {umlaut[i]};
    }
    assertEquals("ä€𝄞", new StreamReader(new Pieces(single), UTF_8, 100).readLine());
  }

  @Test
  void readLine_otherCharset_isDecodedInIt() throws Exception {
    var reader = new StreamReader(new Pieces("grün\n".getBytes(ISO_8859_1)), ISO_8859_1, 100);
    assertEquals("grün", reader.readLine());
    var wrong = new StreamReader(new Pieces("grün\n".getBytes(ISO_8859_1)), UTF_8, 100);
    assertEquals("gr\ufffdn", wrong.readLine());
  }

  @Test
  void readLine_longerThanTheLimit_isRefusedAndNothingIsLost() throws Exception {
    StreamReader reader = of(5, "12345\n12", "3456\nrest");
    assertEquals("12345", reader.readLine());
    var error = assertThrows(LimitExceededException.class, reader::readLine);
    assertEquals(5, error.limit());
    assertTrue(error.getMessage().contains("limit of 5 bytes"), error.getMessage());
    assertEquals("123456\nrest", text(reader.readAll(100)));
  }

  @Test
  void readLine_lastLineLongerThanTheLimit_isRefusedToo() throws Exception {
    StreamReader reader = of(5, "123456");
    assertThrows(LimitExceededException.class, reader::readLine);
  }

  @Test
  void readExactly_inPieces_isJoined() throws Exception {
    StreamReader reader = of(100, "ab", "cde", "f");
    assertEquals(0, reader.readExactly(0).length);
    assertEquals("abcd", text(reader.readExactly(4)));
    assertEquals("ef", text(reader.readExactly(2)));
    assertEquals(0, reader.readExactly(0).length);
  }

  @Test
  void readExactly_endComesFirst_carriesWhatCame() throws Exception {
    StreamReader reader = of(100, "abc");
    var error = assertThrows(IncompleteReadException.class, () -> reader.readExactly(4));
    assertEquals("abc", text(error.partial()));
    assertEquals(4, error.expected().getAsInt());
    assertEquals(
        "the pieces ended after 3 bytes, before all of the 4 had come", error.getMessage());
    assertTrue(reader.isAtEnd());
    assertEquals(0, reader.read(1).length);
  }

  @Test
  void readUntil_delimiterAcrossPieces_isFound() throws Exception {
    StreamReader reader = of(100, "some-", "-", "=-=", "rest--==-");
    assertEquals("some--=-=rest--==", text(reader.readUntil("==")));
    var error = assertThrows(IncompleteReadException.class, () -> reader.readUntil("=="));
    assertEquals("-", text(error.partial()));
    assertTrue(error.expected().isEmpty());
  }

  @Test
  void readUntil_longerThanTheLimit_isRefusedAndNothingIsLost() throws Exception {
    StreamReader reader = of(4, "abcd;", "abcde;x");
    assertEquals("abcd;", text(reader.readUntil(";")));
    assertThrows(LimitExceededException.class, () -> reader.readUntil(";"));
    assertEquals("abcde;", text(reader.readExactly(6)));
    assertEquals("x", text(reader.read(10)));
  }

  @Test
  void read_someThere_returnsAtOnceWithWhatThereIs() throws Exception {
    StreamReader reader = of(100, "abc", "def");
    assertEquals("ab", text(reader.read(2)));
    assertEquals("c", text(reader.read(10)));
    assertFalse(reader.isAtEnd());
    assertEquals("def", text(reader.read(10)));
    assertEquals(0, reader.read(10).length);
    assertTrue(reader.isAtEnd());
  }

  @Test
  void readAll_moreThanAllowed_isRefused() throws Exception {
    assertEquals("abcdef", text(of(1, "abc", "def").readAll(6)));
    StreamReader reader = of(1, "abc", "def");
    assertThrows(LimitExceededException.class, () -> reader.readAll(5));
    assertThrows(LimitExceededException.class, () -> reader.readAll(5));
    assertEquals("abcdef", text(reader.readExactly(6)));
  }

  @Test
  void readAll_moreThanAllowedCameWithWhatWasReadBefore_isRefused() throws Exception {
    StreamReader reader = of(100, "line\n0123456789");
    assertEquals("line", reader.readLine());
    assertThrows(LimitExceededException.class, () -> reader.readAll(9));
    assertEquals("0123456789", text(reader.readAll(10)));
  }

  @Test
  void read_allWaysMixed_loseAndInventNothing() throws Exception {
    var random = new Random(42);
    byte[] all = new byte[300_000];
    random.nextBytes(all);
    byte[][] pieces = new byte[200][];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = Arrays.copyOfRange(all, i * 1500, (i + 1) * 1500);
    }
    var reader = new StreamReader(new Pieces(pieces), UTF_8, 1 << 20);
    byte[] got = new byte[0];
    while (!reader.isAtEnd()) {
      byte[] some =
          switch (random.nextInt(3)) {
            case 0 -> reader.read(1 + random.nextInt(5000));
            case 1 -> reader.readExactly(Math.min(random.nextInt(9000), all.length - got.length));
            default -> untilByte(reader, (byte) random.nextInt(256));
          };
      byte[] longer = Arrays.copyOf(got, got.length + some.length);
      System.arraycopy(some, 0, longer, got.length, some.length);
      got = longer;
    }
    assertArrayEquals(all, got);
  }

  private static byte[] untilByte(StreamReader reader, byte delimiter) throws Exception {
    try {
      return reader.readUntil(new byte[] {delimiter});
    } catch (IncompleteReadException e) {
      return e.partial();
    }
  }

  @Test
  void arguments_thatCannotBe_areRefused() {
    StreamReader reader = of(10, "abc");
    assertThrows(IllegalArgumentException.class, () -> reader.read(0));
    assertThrows(IllegalArgumentException.class, () -> reader.readExactly(-1));
    assertThrows(IllegalArgumentException.class, () -> reader.readUntil(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> reader.readAll(0));
    assertThrows(NullPointerException.class, () -> reader.readUntil((String) nothing()));
  }

  @Test
  void read_inACancelledScope_takesNothing() throws Exception {
    StreamReader reader = of(10, "abc\n");
    TaskGroup.run(
        group -> {
          group.cancel("before");
          assertThrows(InterruptedException.class, reader::readLine);
        });
    assertEquals("abc", reader.readLine());
  }

  @SuppressWarnings({
    "NullAway",
    "TypeParameterUnusedInFormals"
  }) // what a caller without checks does
  private static <T> T nothing() {
    return null;
  }

  @Test
  void of_anySource_isRead_andBadArgumentsAreRefused() throws Exception {
    var source = new Pieces("one\ntwo\n".getBytes(UTF_8));
    assertEquals(List.of("one", "two"), StreamReader.of(source, UTF_8, 10).lines().toList());
    assertThrows(NullPointerException.class, () -> StreamReader.of(null, UTF_8, 10));
    assertThrows(NullPointerException.class, () -> StreamReader.of(source, null, 10));
    assertThrows(IllegalArgumentException.class, () -> StreamReader.of(source, UTF_16, 10));
    assertThrows(IllegalArgumentException.class, () -> StreamReader.of(source, UTF_8, 0));
  }
}
