package dev.tandem.testing;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.io.Connection;
import dev.tandem.io.ConnectionLostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Connections in memory in many orders: cancelled, closed and reset at the moment of a hand-over.
 */
final class MemoryExplorationTest {

  private static final int BYTES = 12;
  private static final StreamFaults SLOW =
      StreamFaults.none().buffer(3).split(2).trickle(2, ofMillis(1));

  /** Writes 0, 1, 2 and so on; 3 at once, a millisecond apart. */
  private static void count(Connection to, AtomicInteger written) throws Exception {
    try (to) {
      for (int done = 0; done < BYTES; done += 3) {
        to.write(new byte[] {(byte) done, (byte) (done + 1), (byte) (done + 2)});
        written.set(done + 3);
        sleep(ofMillis(1));
      }
    } catch (ConnectionLostException told) {
      return;
    }
  }

  /** Reads to the end. */
  private static void check(Connection from, AtomicInteger read) throws Exception {
    for (byte[] piece = from.read(10); piece.length > 0; piece = from.read(10)) {
      assertTrue(piece.length <= 2, "more than it was split into");
      for (byte value : piece) {
        assertEquals(read.getAndIncrement(), value);
      }
    }
  }

  @Test
  void writer_cancelledAtAnyMoment_allThatItWroteIsRead() throws Exception {
    for (int at = 0; at < 7; at++) {
      int moment = at;
      VirtualTime.explore(200, group -> cancelled(group, moment, true));
    }
  }

  @Test
  void reader_cancelledAtAnyMoment_writerIsToldAndNothingWaitsForEver() throws Exception {
    for (int at = 0; at < 7; at++) {
      int moment = at;
      VirtualTime.explore(200, group -> cancelled(group, moment, false));
    }
  }

  private static void cancelled(TaskGroup group, int atMillis, boolean writer) throws Exception {
    MemoryLink link = MemoryConnection.settings().toServer(SLOW).open();
    var written = new AtomicInteger();
    var read = new AtomicInteger();
    Task<@Nullable Void> writes = group.start("writes", () -> count(link.client(), written));
    Task<@Nullable Void> reads =
        group.start(
            "reads",
            () -> {
              try (var server = link.server()) {
                check(server, read);
              }
            });
    sleep(ofMillis(atMillis));
    // A task that is cancelled before it has begun closes nothing.
    writes.whenDone(_ -> link.client().close());
    reads.whenDone(_ -> link.server().close());
    (writer ? writes : reads).cancel("at any moment");
    (writer ? reads : writes).await();
    if (writer) {
      assertTrue(read.get() >= written.get(), "read " + read + ", written " + written);
    } else {
      assertFalse(link.client().isOpen());
    }
  }

  @Test
  void reset_atAnyMoment_bothEndsAreTold() throws Exception {
    VirtualTime.explore(
        500,
        group -> {
          MemoryLink link = MemoryConnection.settings().toServer(SLOW).open();
          var read = new AtomicInteger();
          group.start(() -> count(link.client(), new AtomicInteger()));
          group.start(
              () -> {
                try {
                  check(link.server(), read);
                } catch (ConnectionLostException told) {
                  assertTrue(read.get() <= BYTES);
                }
              });
          sleep(ofMillis(2));
          link.reset();
        });
  }
}
