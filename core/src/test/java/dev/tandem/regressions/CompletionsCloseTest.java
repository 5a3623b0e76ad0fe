package dev.tandem.regressions;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.Completions;
import dev.tandem.Gather;
import dev.tandem.LogCapture;
import dev.tandem.Outcome;
import dev.tandem.StructureException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing the outcomes of a gather: by whom it may be, and what may come in between. */
@SuppressWarnings("try") // resources that nobody reads
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CompletionsCloseTest {

  private final CountDownLatch began = new CountDownLatch(1);
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void close_interruptedFromOutside_keepsTheInterrupt() throws Exception {
    boolean kept =
        Tandem.timeout(
            ofHours(1),
            () -> {
              interruptingWhenClosed(Thread.currentThread()).close();
              assertTrue(over.get());
              return Thread.interrupted();
            });
    assertTrue(kept);
  }

  @Test
  void close_interruptedFromOutsideWithoutAScope_keepsTheInterrupt() throws Exception {
    interruptingWhenClosed(Thread.currentThread()).close();
    assertTrue(over.get());
    assertTrue(Thread.interrupted());
  }

  @Test
  void close_interruptedFromOutside_leavesNothingForALaterTimeout() throws Exception {
    Tandem.timeout(
        ofHours(1),
        () -> {
          interruptingWhenClosed(Thread.currentThread()).close();
          assertTrue(Thread.interrupted());
          assertFalse(Tandem.moveOnAfter(ofMillis(10), () -> Tandem.sleep(ofHours(1))));
          assertFalse(Thread.interrupted());
        });
  }

  @Test
  void close_whileAnotherCloses_waitsToo() throws Exception {
    var overWhenLeft = new AtomicBoolean();
    var closing = new CountDownLatch(1);
    TaskGroup.run(
        (TaskGroup group) -> {
          Tandem.timeout(
              ofHours(1),
              () -> {
                var outcomes =
                    stopping(
                        () -> {
                          closing.countDown();
                          Tandem.sleep(ofMillis(300));
                        });
                group.start("closer", outcomes::close);
                closing.await();
              });
          overWhenLeft.set(over.get());
        });
    assertTrue(overWhenLeft.get());
  }

  @Test
  void close_byOneOfTheItems_isRefused() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          var own = new CompletableFuture<Completions<Integer, Integer>>();
          Completions<Integer, Integer> outcomes =
              Tandem.asCompleted(
                  List.of(1),
                  item -> {
                    own.get().close();
                    return item;
                  });
          own.complete(outcomes);
          for (var outcome : outcomes) {
            var failure = assertInstanceOf(Outcome.Failure.class, outcome);
            assertInstanceOf(StructureException.class, failure.error());
          }
        });
  }

  @Test
  void close_byAnotherTask_doesNotHoldBackTheMakersDeadline() throws Exception {
    TaskGroup.run(
        (TaskGroup group) ->
            assertFalse(
                Tandem.moveOnAfter(
                    ofMillis(200),
                    () -> {
                      var outcomes = stopping(() -> Tandem.sleep(ofMillis(400)));
                      group.start("closer", outcomes::close);
                      // Longer than the test may take: only the deadline can end it.
                      Thread.sleep(Duration.ofMinutes(5));
                    })));
  }

  @Test
  void item_leavesItsInterruptFlagUp_theOthersGoOn() throws Exception {
    int successes = 0;
    try (var outcomes =
        Tandem.asCompleted(
            List.of(1, 2, 3),
            item -> {
              Thread.currentThread().interrupt();
              return item;
            })) {
      for (var outcome : outcomes) {
        successes += outcome.isSuccess() ? 1 : 0;
      }
    }
    assertEquals(3, successes);
  }

  @Test
  void close_theLoggerThrows_theScopeIsLeftNevertheless() throws Exception {
    try (var log = new LogCapture("dev.tandem.Failures")) {
      log.breakWith(new StackOverflowError("in a logger"));
      TaskGroup.run(
          group -> {
            group.start(
                () -> {
                  Iterable<Integer> broken = () -> new Broken(began);
                  var _ = Tandem.asCompleted(broken, item -> item);
                  began.await();
                });
          });
      assertFalse(log.records().isEmpty());
    }
  }

  @Test
  void close_failuresThatNobodyTook_areLogged() throws Exception {
    try (var log = new LogCapture("dev.tandem.Failures")) {
      VirtualTime.run(
          (TaskGroup group) -> {
            try (var outcomes =
                Gather.over(List.of(1, 2, 3))
                    .limit(1)
                    .asCompleted(
                        item -> {
                          throw new IOException("bad " + item);
                        })) {
              Tandem.sleep(ofMillis(100));
            }
          });
      List<String> told =
          log.records().stream().map(record -> record.getThrown().getCause().getMessage()).toList();
      assertTrue(told.containsAll(List.of("bad 1", "bad 2")), told.toString());
    }
  }

  private Completions<Integer, Integer> interruptingWhenClosed(Thread whom) throws Exception {
    return stopping(
        () -> {
          whom.interrupt();
          Tandem.sleep(ofMillis(50));
        });
  }

  /** One item that has begun, and does this when it is cancelled. */
  private Completions<Integer, Integer> stopping(Action<RuntimeException> atItsEnd)
      throws Exception {
    Completions<Integer, Integer> outcomes =
        Tandem.asCompleted(
            List.of(1),
            item -> {
              began.countDown();
              try {
                Tandem.sleep(ofHours(1));
              } finally {
                Tandem.shield(
                    () -> {
                      atItsEnd.run();
                      over.set(true);
                    });
              }
              return item;
            });
    began.await();
    return outcomes;
  }

  /** A source of items that fails at once, and tells when. */
  private record Broken(CountDownLatch asked) implements Iterator<Integer> {
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Integer next() {
      asked.countDown();
      throw new IllegalStateException("source");
    }
  }
}
