package dev.tandem.testing;

import static dev.tandem.Tandem.moveOnAfter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.io.Connection;
import dev.tandem.io.ConnectionLostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections in memory that are stopped at any moment, on real threads: no byte is lost. */
@Tag("stress")
final class MemoryStressTest {

  private static final int BYTES = 20_000;

  private static MemoryLink tight() {
    var random = ThreadLocalRandom.current();
    var faults =
        StreamFaults.none()
            .buffer(1 + random.nextInt(500))
            .splitAtRandom(random.nextLong(), 1 + random.nextInt(300));
    return MemoryConnection.settings().bothWays(faults).open();
  }

  /** Counts upwards, in pieces, and closes whatever happens. */
  private static void count(Connection to, AtomicLong written) throws Exception {
    try (to) {
      for (int done = 0; done < BYTES; ) {
        byte[] piece = new byte[1 + ThreadLocalRandom.current().nextInt(700)];
        for (int i = 0; i < piece.length; i++) {
          piece[i] = (byte) (done + i);
        }
        to.write(piece);
        done += piece.length;
        written.set(done);
      }
    }
  }

  /** Reads to the end; how much there was. */
  private static long check(Connection from) throws Exception {
    int done = 0;
    for (byte[] piece = from.read(1000); piece.length > 0; piece = from.read(1000)) {
      for (byte value : piece) {
        assertEquals((byte) done, value);
        done++;
      }
    }
    return done;
  }

  @Test
  void writer_stoppedAtAnyMoment_readerGetsAllThatWasWrittenAndTheEnd() throws Exception {
    Stress.repeat(
        () -> {
          MemoryLink link = tight();
          var written = new AtomicLong();
          TaskGroup.run(
              (TaskGroup group) -> {
                Task<Long> read = group.start(() -> check(link.server()));
                moveOnAfter(Stress.micros(2_000), () -> count(link.client(), written));
                assertFalse(link.client().isOpen());
                assertTrue(read.await() >= written.get(), "a byte is lost");
              });
        });
  }

  @Test
  void reader_stoppedAtAnyMoment_writerIsToldAndEnds() throws Exception {
    Stress.repeat(
        () -> {
          MemoryLink link = tight();
          TaskGroup.run(
              (TaskGroup group) -> {
                Task<Boolean> told = group.start(() -> isRefused(link.client()));
                boolean all = moveOnAfter(Stress.micros(2_000), () -> checkAll(link.server()));
                link.server().close();
                boolean refused = told.await();
                assertFalse(all && refused, "all was read, and yet not taken");
              });
          assertFalse(link.client().isOpen());
        });
  }

  private static void checkAll(Connection from) throws Exception {
    assertTrue(check(from) >= BYTES, "it ended too soon");
  }

  private static boolean isRefused(Connection to) throws Exception {
    try {
      count(to, new AtomicLong());
      return false;
    } catch (ConnectionLostException told) {
      return true;
    }
  }
}
