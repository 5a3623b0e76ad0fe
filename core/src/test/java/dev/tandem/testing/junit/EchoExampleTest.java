package dev.tandem.testing.junit;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.TaskGroup;
import dev.tandem.io.Connection;
import dev.tandem.io.ConnectionLostException;
import dev.tandem.io.IncompleteReadException;
import dev.tandem.testing.MemoryConnection;
import dev.tandem.testing.MemoryLink;
import dev.tandem.testing.StreamFaults;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A small protocol, tested with faults and in many orders, without a network and without waiting.
 */
final class EchoExampleTest {

  /** Answers each line a second later; a client that is gone is no failure. */
  private static void serve(Connection connection) throws IOException, InterruptedException {
    try (connection) {
      for (String line : connection.lines()) {
        sleep(ofSeconds(1));
        connection.writeLine("you said " + line);
      }
    } catch (ConnectionLostException gone) {
      return;
    }
  }

  private static @Nullable String ask(Connection connection, String line) throws Exception {
    connection.writeLine(line);
    return timeout(ofSeconds(5), () -> connection.readLine());
  }

  private static MemoryLink served(TaskGroup group, StreamFaults toClient) {
    MemoryLink link = MemoryConnection.settings().toClient(toClient).open();
    group.startDaemon("server", () -> serve(link.server()));
    return link;
  }

  @VirtualTimeTest
  void question_isAnsweredAfterASecond_toTheNanosecond(TaskGroup group) throws Exception {
    MemoryLink link = served(group, StreamFaults.none().delay(ofMillis(40)));
    assertEquals("you said hello", ask(link.client(), "hello"));
    assertEquals(ofMillis(1040), VirtualTime.elapsed());
  }

  @VirtualTimeTest(seeds = 50)
  void answer_inSmallestPieces_isWholeInEveryOrder(TaskGroup group) throws Exception {
    MemoryLink link = served(group, StreamFaults.none().split(1).buffer(1));
    assertEquals("you said hello", ask(link.client(), "hello"));
    assertEquals("you said goodbye", ask(link.client(), "goodbye"));
  }

  @VirtualTimeTest(seeds = 20)
  void serverFallsSilent_isGivenUpAfterFiveSeconds(TaskGroup group) {
    MemoryLink link = served(group, StreamFaults.none().silentAfter(3));
    assertThrows(DeadlineExceededException.class, () -> ask(link.client(), "hello"));
    assertEquals(ofSeconds(5), VirtualTime.elapsed());
  }

  @VirtualTimeTest(seeds = 20)
  void connectionBreaks_isTold(TaskGroup group) {
    MemoryLink link = served(group, StreamFaults.none().resetAfter(3));
    assertThrows(ConnectionLostException.class, () -> ask(link.client(), "hello"));
  }

  @Test
  void answerEndsInTheMiddle_isNoWholeLine() throws Exception {
    VirtualTime.explore(
        1000,
        group -> {
          MemoryLink link = served(group, StreamFaults.none().endAfter(3));
          link.client().writeLine("hello");
          assertThrows(IncompleteReadException.class, () -> link.client().readUntil("\n"));
        });
  }
}
