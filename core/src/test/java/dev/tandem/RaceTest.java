package dev.tandem;

import static dev.tandem.Tandem.hedge;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.race;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RaceTest {

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();

  @Test
  void race_severalSucceed_theFirstWinsAndTheOthersAreCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals("b", race(answers("a", 3), answers("b", 1), answers("c", 2)));
          assertEquals(2, cancelled.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void race_theFirstFails_waitsForASuccess() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals("b", race(fails("a", 1), answers("b", 2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void race_allFail_throwsTheFirstFailureAsItself() throws Exception {
    VirtualTime.run(
        root -> {
          var error = assertThrows(IOException.class, () -> race(fails("a", 2), fails("b", 1)));
          assertEquals("b", error.getMessage());
          assertEquals("a", error.getSuppressed()[0].getCause().getMessage());
        });
  }

  @Test
  void race_twoSucceed_theOneNotWantedIsClosed() throws Exception {
    VirtualTime.run(
        root -> {
          var closed = new AtomicInteger();
          AutoCloseable late = closed::incrementAndGet;
          Object won = race(answers("won", 1), () -> untilCancelled(() -> late));
          assertEquals("won", won);
          assertEquals(1, closed.get());
        });
  }

  @Test
  void race_endsInAnErrorAlthoughSomebodyHasWon_theWinnerIsClosed() throws Exception {
    VirtualTime.run(
        root -> {
          var closed = new AtomicInteger();
          AutoCloseable winner = closed::incrementAndGet;
          Work<AutoCloseable, Exception> first =
              () -> {
                sleep(ofSeconds(1));
                return winner;
              };
          Work<AutoCloseable, Exception> loser =
              () ->
                  untilCancelled(
                      () -> {
                        throw new OutOfMemoryError("a loser's");
                      });
          var error = assertThrows(TaskGroupException.class, () -> race(first, loser));
          assertEquals("a loser's", error.getCause().getMessage());
          assertEquals(1, closed.get());
        });
  }

  private static <T> T untilCancelled(Supplier<T> then) throws InterruptedException {
    try {
      sleep(ofSeconds(60));
      throw new AssertionError("nobody cancelled it");
    } catch (CancelledException expected) {
      return then.get();
    }
  }

  @Test
  void race_underADeadline_isCancelledAsAWhole() throws Exception {
    VirtualTime.run(
        root -> {
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> race(answers("a", 3), answers("b", 2))));
          assertEquals(2, cancelled.get());
        });
  }

  @Test
  void race_aLosersTaskFailsInItsCleanup_theWinnerCountsAndThatIsLogged() throws Exception {
    var log = new LogCapture("dev.tandem.Failures");
    VirtualTime.run(
        root -> {
          String winner =
              race(
                  () -> {
                    TaskGroup.run(
                        group -> {
                          group.start(
                              () -> {
                                try {
                                  sleep(ofSeconds(60));
                                } catch (CancelledException stopped) {
                                  throw new IllegalStateException("disk");
                                }
                              });
                        });
                    return "slow";
                  },
                  () -> {
                    sleep(ofSeconds(1));
                    return "fast";
                  });
          assertEquals("fast", winner);
        });
    log.close();
    assertEquals("disk", log.records().getFirst().getThrown().getCause().getMessage());
  }

  @Test
  void race_cancelledInForeignCode_throwsCancelledAndItsGroupGoesOn() throws Exception {
    var begun = new CountDownLatch(2);
    var seen = new AtomicReference<Exception>();
    TaskGroup.run(
        (TaskGroup group) -> {
          Task<Void> racing =
              group.start(
                  () ->
                      seen.set(
                          assertThrows(
                              Exception.class,
                              () -> race(() -> readFor(begun), () -> readFor(begun)))));
          begun.await();
          racing.cancel("not needed");
        });
    assertInstanceOf(CancelledException.class, seen.get());
  }

  @Test
  void moveOnAfter_aroundARaceInForeignCode_isEmpty() throws Exception {
    var begun = new CountDownLatch(2);
    assertEquals(
        Optional.empty(),
        moveOnAfter(ofMillis(50), () -> race(() -> readFor(begun), () -> readFor(begun))));
  }

  /** Reads what nobody writes: an interrupt ends that with an exception of its own. */
  private static int readFor(CountDownLatch begun) throws IOException {
    Pipe pipe = Pipe.open();
    begun.countDown();
    return pipe.source().read(ByteBuffer.allocate(1));
  }

  @Test
  void race_nullIsAResult() throws Exception {
    Work<String, RuntimeException> nothing = () -> null;
    assertEquals(null, race(nothing));
  }

  @Test
  void hedge_fastAnswer_startsNoSecond() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals("a", hedge(ofSeconds(2), answers("a", 1), answers("b", 1)));
          assertEquals(1, begun.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void hedge_slowAnswer_startsTheNextAfterTheDelay() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals("b", hedge(ofSeconds(2), answers("a", 60), answers("b", 1)));
          assertEquals(1, cancelled.get());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void hedge_failure_startsTheNextAtOnce() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals("b", hedge(ofSeconds(20), fails("a", 1), answers("b", 1)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void noWorks_isRefused() {
    assertThrows(IllegalArgumentException.class, Tandem::race);
    assertThrows(IllegalArgumentException.class, () -> hedge(ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> hedge(Duration.ZERO, () -> 1));
  }

  private Work<String, IOException> answers(String value, int seconds) {
    return () -> {
      begun.incrementAndGet();
      try {
        sleep(ofSeconds(seconds));
      } catch (CancelledException stopped) {
        cancelled.incrementAndGet();
        throw stopped;
      }
      return value;
    };
  }

  private Work<String, IOException> fails(String message, int seconds) {
    return () -> {
      begun.incrementAndGet();
      sleep(ofSeconds(seconds));
      throw new IOException(message);
    };
  }

  @Test
  void race_oneThrowsAnInterruptThatIsNoCancellation_theOthersGoOn() throws Exception {
    VirtualTime.run(
        root -> {
          Work<Integer, InterruptedException> interrupted =
              () -> {
                throw new InterruptedException("a failure like any other");
              };
          assertEquals("b", Tandem.<Object, Exception>race(interrupted, answers("b", 1)));
        });
  }
}
