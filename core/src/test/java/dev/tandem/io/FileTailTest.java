package dev.tandem.io;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.io.FileTail.Event;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that grow, are rotated, cut and gone; in virtual time, with real files. */
final class FileTailTest {

  @TempDir Path directory;

  private Path file;
  private final List<Event> events = new ArrayList<>();

  @BeforeEach
  void nameFile() {
    file = directory.resolve("log");
  }

  private FileTail tail() {
    return FileTail.of(file).every(ofSeconds(1)).onEvent(events::add);
  }

  private void add(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String next(AsyncIterator<String> lines) throws InterruptedException {
    return lines.next().orElseThrow();
  }

  /** That nothing comes within so long a time. */
  private static void assertSilent(AsyncIterator<String> lines, Duration time) {
    assertThrows(DeadlineExceededException.class, () -> Tandem.timeout(time, () -> lines.next()));
  }

  @Test
  void lines_fromTheEnd_areThoseWrittenAfterTheCall() throws Exception {
    add("old\n");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("new\nnewer\n");
            assertEquals("new", next(lines));
            assertEquals("newer", next(lines));
            assertSilent(lines, ofSeconds(10));
            add("newest\n");
            assertEquals("newest", next(lines));
          }
        });
    assertEquals(List.of(), events);
  }

  @Test
  void lines_fromTheStart_areAll() throws Exception {
    add("a\r\nb\n\nc\n");
    VirtualTime.run(
        root -> {
          try (var lines = tail().fromStart().lines()) {
            for (String expected : List.of("a", "b", "", "c")) {
              assertEquals(expected, next(lines));
            }
            assertEquals(ZERO, VirtualTime.elapsed());
          }
        });
  }

  @Test
  void line_inPieces_isGivenWhenItsEndIsThere() throws Exception {
    add("");
    byte[] umlaut = "ü".getBytes(UTF_8);
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("gr");
            assertSilent(lines, ofSeconds(3));
            Files.write(file, new byte[] {umlaut[0]}, StandardOpenOption.APPEND);
            assertSilent(lines, ofSeconds(3));
            Files.write(file, new byte[] {umlaut[1]}, StandardOpenOption.APPEND);
            add("n\r");
            assertSilent(lines, ofSeconds(3));
            add("\n");
            assertEquals("grün", next(lines));
          }
        });
  }

  @Test
  void lines_writtenMeanwhile_comeAtTheNextLook() throws Exception {
    add("");
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                group.start(
                    "writer",
                    () -> {
                      for (int i = 0; i < 3; i++) {
                        Tandem.sleep(ofMillis(2500));
                        add(i + "\n");
                      }
                    });
                try (var lines = tail().lines()) {
                  assertEquals("0", next(lines));
                  assertEquals(ofSeconds(3), VirtualTime.elapsed());
                  assertEquals("1", next(lines));
                  assertEquals("2", next(lines));
                  assertEquals(ofSeconds(8), VirtualTime.elapsed());
                }
              });
        });
  }

  @Test
  void rotation_readsTheOldFileToItsEndAndThenTheNew() throws Exception {
    add("");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("one\n");
            assertEquals("one", next(lines));
            add("two\nhalf");
            Files.move(file, directory.resolve("log.1"));
            add("three\n");
            assertEquals("two", next(lines));
            assertEquals("half", next(lines));
            assertEquals(List.of(Event.ROTATED), events);
            assertEquals("three", next(lines));
          }
        });
  }

  @Test
  void rotation_beforeTheFirstLineIsAskedFor_isSeen() throws Exception {
    add("old\n");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            Files.move(file, directory.resolve("log.1"));
            add("new\n");
            assertEquals("new", next(lines));
          }
        });
    assertEquals(List.of(Event.ROTATED), events);
  }

  @Test
  void gone_oldFileIsStillReadUntilThereIsANewOne() throws Exception {
    add("");
    Path moved = directory.resolve("log.1");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("one\n");
            assertEquals("one", next(lines));
            Files.move(file, moved);
            assertSilent(lines, ofSeconds(3));
            assertEquals(List.of(Event.GONE), events);
            Files.writeString(moved, "late\n", StandardOpenOption.APPEND);
            assertEquals("late", next(lines));
            Files.writeString(moved, "latest\n", StandardOpenOption.APPEND);
            add("new\n");
            assertEquals("latest", next(lines));
            assertEquals("new", next(lines));
          }
        });
    assertEquals(List.of(Event.GONE, Event.ROTATED), events);
  }

  @Test
  void gone_theSameFileIsBack_isFoundAndReadOn() throws Exception {
    add("");
    Path moved = directory.resolve("log.1");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("one\n");
            assertEquals("one", next(lines));
            Files.move(file, moved);
            assertSilent(lines, ofSeconds(3));
            Files.move(moved, file);
            assertSilent(lines, ofSeconds(3));
            add("two\n");
            assertEquals("two", next(lines));
          }
        });
    assertEquals(List.of(Event.GONE, Event.FOUND), events);
  }

  @Test
  void gone_theSameFileIsBackAndShorter_isTruncated() throws Exception {
    add("");
    Path moved = directory.resolve("log.1");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("a long line\n");
            assertEquals("a long line", next(lines));
            Files.move(file, moved);
            assertSilent(lines, ofSeconds(3));
            Files.writeString(moved, "two\n");
            Files.move(moved, file);
            assertEquals("two", next(lines));
          }
        });
    assertEquals(List.of(Event.GONE, Event.TRUNCATED), events);
  }

  @Test
  void truncation_readsFromTheStartAgain() throws Exception {
    add("");
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            add("a long line\nhalf");
            assertEquals("a long line", next(lines));
            assertSilent(lines, ofSeconds(3));
            Files.writeString(file, "new\n");
            assertEquals("half", next(lines));
            assertEquals("new", next(lines));
          }
        });
    assertEquals(List.of(Event.TRUNCATED), events);
  }

  @Test
  void missing_isWaitedForAndReadFromItsStart() throws Exception {
    VirtualTime.run(
        root -> {
          try (var lines = tail().lines()) {
            assertSilent(lines, ofSeconds(5));
            add("first\n");
            assertEquals("first", next(lines));
          }
        });
    assertEquals(List.of(Event.FOUND), events);
  }

  @Test
  void missing_butMustExist_isRefused() {
    assertThrows(NoSuchFileException.class, () -> tail().mustExist().lines());
  }

  @Test
  void line_longerThanTheLimit_isATypedFailure() throws Exception {
    add("12345\n123456");
    VirtualTime.run(
        root -> {
          try (var lines = tail().fromStart().lineLimit(5).lines()) {
            assertEquals("12345", next(lines));
            var error = assertThrows(LimitExceededException.class, () -> next(lines));
            assertEquals(
                "a line of "
                    + file
                    + " is longer than the limit of 5 bytes; raise it with lineLimit",
                error.getMessage());
          }
        });
  }

  @Test
  void lines_many_areAllThereAndTheFileIsClosed() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append("line ").append(i).append('\n');
    }
    add(text.toString());
    VirtualTime.run(
        root -> {
          try (var lines = tail().fromStart().lines()) {
            for (int i = 0; i < 50_000; i++) {
              assertEquals("line " + i, next(lines));
            }
            if (Accounts.areKept()) {
              assertEquals(1, Accounts.files(file));
            }
          }
          assertEquals(0, Accounts.files(file));
        });
  }

  @Test
  void lines_stopped_endAtOnceAndTheFileIsClosed() throws Exception {
    add("one\n");
    Stopping.inEveryWay(
        thread -> thread.getState() == Thread.State.WAITING,
        stopped -> {
          stopped.run(
              () -> {
                try (var lines = FileTail.of(file).fromStart().every(Duration.ofHours(1)).lines()) {
                  for (String line : lines) {
                    assertEquals("one", line);
                  }
                }
              });
          assertEquals(0, Accounts.files(file));
        });
  }

  @Test
  void rotation_whileARealWriterWrites_losesNothing() throws Exception {
    add("");
    int rotations = 20;
    int each = 200;
    TaskGroup.run(
        group -> {
          try (var lines = FileTail.of(file).every(ofMillis(1)).lines()) {
            group.start(
                "writer",
                () -> {
                  for (int i = 0; i < rotations; i++) {
                    for (int j = 0; j < each; j++) {
                      add(i * each + j + "\n");
                    }
                    int rotated = i + 1;
                    Loopback.until(() -> seen >= rotated * each);
                    Files.move(file, directory.resolve("log." + i));
                    add("");
                  }
                });
            for (int i = 0; i < rotations * each; i++) {
              assertEquals(Integer.toString(i), next(lines));
              seen = i + 1;
            }
          }
        });
  }

  private volatile int seen;

  @Test
  void arguments_thatCannotBe_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> tail().every(ZERO));
    assertThrows(IllegalArgumentException.class, () -> tail().lineLimit(0));
    assertThrows(IllegalArgumentException.class, () -> tail().charset(UTF_16));
  }

  @Test
  void lines_rotatedBeforeTheFirstIsAskedFor_theOldOneIsReadToItsEnd() throws Exception {
    Path log = Files.writeString(directory.resolve("early.log"), "before\n");

    VirtualTime.run(
        group -> {
          try (var lines = FileTail.of(log).onEvent(events::add).lines()) {
            Files.writeString(log, "after\n", StandardOpenOption.APPEND);
            Files.move(log, directory.resolve("early.log.1"));
            Files.writeString(log, "new\n");
            assertEquals(List.of("after", "new"), lines.take(2).toList());
          }
        });
    assertEquals(List.of(Event.ROTATED), events);
    assertEquals(0, Accounts.files(directory.resolve("early.log.1")));
  }
}
