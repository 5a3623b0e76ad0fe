package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.LogCapture;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.Output;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** asyncio's cases of generators and asynchronous iterators. */
final class AsyncioGeneratorsTest {

  private final List<String> log = new CopyOnWriteArrayList<>();

  @Test
  void generator_waitsBetweenItsElements_givesThemAll() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    out.emit(1);
                    sleep(ofMillis(10));
                    out.emit(2);
                    sleep(ofMillis(10));
                  });
          assertEquals(List.of(1, 2), items.toList());
          assertEquals(ofMillis(20), VirtualTime.elapsed());
        });
  }

  @Test
  void generator_askedAfterItsEnd_isEmptyEachTime() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items = AsyncIterator.generate(out -> out.emit(1));
          assertEquals(1, items.next().orElse(7));
          assertEquals(7, items.next().orElse(7));
          assertEquals(7, items.next().orElse(7));
          assertThrows(NoSuchElementException.class, () -> items.iterator().next());
        });
  }

  @Test
  void generator_throwsNoSuchElement_isAFailureAndNotTheEnd() throws Exception {
    VirtualTime.run(
        root -> {
          var stray = new NoSuchElementException("stray");
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    out.emit(1);
                    throw stray;
                  });
          assertSame(stray, assertThrows(NoSuchElementException.class, items::toList));
        });
  }

  @Test
  void generator_emitsInItsFinally_theElementsComeBeforeTheFailure() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              brokenAfterOne(
                  out -> {
                    out.emit(2);
                    out.emit(3);
                  });
          assertEquals(Optional.of(1), items.next());
          assertEquals(Optional.of(2), items.next());
          assertEquals(Optional.of(3), items.next());
          assertThrows(IOException.class, items::next);
          assertEquals(Optional.empty(), items.next());
        });
  }

  @Test
  void generator_failsAndWaitsInItsCleanup_theFailureComesAfterThat() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              brokenAfterOne(
                  out -> {
                    sleep(ofSeconds(1));
                    log.add("cleaned up");
                  });
          assertThrows(IOException.class, items::toList);
          assertEquals(List.of("cleaned up"), log);
        });
  }

  @Test
  void generator_awaitsATaskThatIsCancelled_failsWithThat() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          Task<?> task = root.start("sleeper", () -> sleep(ofDays(1)));
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    out.emit(1);
                    task.await();
                  });
          assertEquals(Optional.of(1), items.next());
          task.cancel("not needed");
          assertThrows(TaskCancelledException.class, items::next);
        });
  }

  @Test
  void generator_swallowsTheClose_isClosedAllTheSame() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    try {
                      out.emit(1);
                      out.emit(2);
                    } catch (InterruptedException swallowed) {
                      log.add("swallowed");
                    }
                    log.add("done");
                  });
          assertEquals(Optional.of(1), items.next());
          // By now it waits with its second element.
          sleep(ofSeconds(1));
          items.close();
          assertEquals(List.of("swallowed", "done"), log);
        });
  }

  @Test
  void generator_handlesAFailureInItsCleanup_closeIsQuiet() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              twoAndThen(
                  () -> {
                    try {
                      failToCleanUp();
                    } catch (IllegalStateException handled) {
                      log.add("handled");
                    }
                  });
          assertEquals(Optional.of(1), items.next());
          items.close();
          assertEquals(List.of("handled"), log);
        });
  }

  @Test
  void generator_forgottenAndFailsInItsCleanup_isLogged() throws Exception {
    try (var logged = new LogCapture("dev.tandem.flow.Run")) {
      VirtualTime.run(
          root -> {
            AsyncIterator<Integer> items =
                twoAndThen(
                    () -> {
                      log.add("fails");
                      failToCleanUp();
                    });
            for (int i : items) {
              log.add("got " + i);
              break;
            }
          });
      assertEquals(List.of("got 1", "fails"), log);
      assertEquals("cannot clean up", logged.records().getFirst().getThrown().getMessage());
    }
  }

  @Test
  void iterator_askedForItsIterator_isTheSame() {
    var items = AsyncIterator.of(1);
    assertSame(items.iterator(), items.iterator());
  }

  @Test
  void close_twiceAndAfterTheEnd_doesNothing() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items = AsyncIterator.generate(out -> out.emit(1));
          items.close();
          items.close();
          AsyncIterator<Integer> exhausted = AsyncIterator.generate(out -> out.emit(1));
          assertEquals(List.of(1), exhausted.toList());
          exhausted.close();
        });
  }

  /** Fails after its first element. */
  private static AsyncIterator<Integer> brokenAfterOne(Cleanup cleanup) throws Exception {
    return AsyncIterator.generate(
        out -> {
          try {
            out.emit(1);
            throw new IOException("broken");
          } finally {
            cleanup.run(out);
          }
        });
  }

  private static AsyncIterator<Integer> twoAndThen(Runnable cleanup) throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          try {
            out.emit(1);
            out.emit(2);
          } finally {
            cleanup.run();
          }
        });
  }

  /** What a generator does last, which may put out more. */
  private interface Cleanup {
    void run(Output<Integer> out) throws InterruptedException;
  }

  private static void failToCleanUp() {
    throw new IllegalStateException("cannot clean up");
  }
}
