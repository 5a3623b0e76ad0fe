package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.StructureException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GenerateTest {

  private final List<String> log = Probe.log();

  /** Endless; takes a second to stop. */
  private AsyncIterator<Integer> endless(int room) throws InterruptedException {
    return AsyncIterator.generate(
        room,
        out -> {
          try {
            for (int i = 0; true; i++) {
              log.add("makes " + i);
              out.emit(i);
            }
          } finally {
            Tandem.shield(
                () -> {
                  sleep(ofSeconds(1));
                  log.add("cleaned up");
                });
          }
        });
  }

  @Test
  void emitAll_givesOneAfterTheOther() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> pages =
              AsyncIterator.generate(
                  out -> {
                    out.emitAll(List.of(1, 2));
                    out.emitAll(List.of());
                    out.emitAll(List.of(3));
                  });
          assertEquals(List.of(1, 2, 3), pages.toList());
        });
  }

  @Test
  void loop_givesWhatIsPutOut() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> range =
              AsyncIterator.generate(
                  out -> {
                    for (int i = 0; i < 5; i++) {
                      sleep(ofMillis(100));
                      out.emit(i);
                    }
                  });
          assertEquals(List.of(0, 1, 2, 3, 4), range.toList());
          assertEquals(ofMillis(500), VirtualTime.elapsed());
        });
  }

  @Test
  void notAsked_doesNotStart() throws Exception {
    VirtualTime.run(
        root -> {
          var items = endless(0);
          sleep(ofSeconds(1));
          assertEquals(List.of(), log);
          items.close();
          assertEquals(Optional.empty(), items.next());
          assertEquals(List.of(), log);
        });
  }

  @Test
  void rendezvous_isOneAheadAtMost() throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = endless(0)) {
            assertEquals(Optional.of(0), items.next());
            sleep(ofSeconds(1));
            assertEquals(List.of("makes 0", "makes 1"), log);
          }
        });
  }

  @Test
  void room_isFilledAhead() throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = endless(3)) {
            assertEquals(Optional.of(0), items.next());
            sleep(ofSeconds(1));
            assertEquals(5, log.size());
          }
        });
  }

  @Test
  void leftEarly_bodyHasCleanedUpWhenTheLoopIsLeft() throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = endless(0)) {
            for (int i : items) {
              if (i == 1) {
                break;
              }
            }
          }
          assertEquals("cleaned up", log.getLast());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void forgotten_theScopeAroundEndsIt() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run((TaskGroup group) -> assertEquals(Optional.of(0), endless(0).next()));
          assertEquals("cleaned up", log.getLast());
        });
  }

  @Test
  void firstAskedInATimeout_outlivesIt() throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = endless(0)) {
            for (int i = 0; i < 3; i++) {
              assertEquals(Optional.of(i), timeout(ofSeconds(1), items::next));
            }
            assertFalse(log.contains("cleaned up"));
          }
        });
  }

  @Test
  void tooSlow_theWaitIsCutShortAndTheElementStillComes() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> slow =
              AsyncIterator.generate(
                  out -> {
                    sleep(ofSeconds(3));
                    out.emit(1);
                  });
          assertThrows(DeadlineExceededException.class, () -> timeout(ofSeconds(2), slow::next));
          assertEquals(List.of(1), slow.toList());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void bodyFails_theFailureComesAsItselfAfterTheElements() throws Exception {
    VirtualTime.run(
        root -> {
          var gone = new IOException("gone");
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  2,
                  out -> {
                    out.emit(1);
                    out.emit(2);
                    throw gone;
                  });
          sleep(ofSeconds(1));
          assertEquals(Optional.of(1), items.next());
          assertEquals(Optional.of(2), items.next());
          assertSame(gone, assertThrows(IOException.class, items::next));
          assertEquals(Optional.empty(), items.next());
        });
  }

  @Test
  void bodyFailsInItsCleanup_closeThrowsThat() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items = failingToCleanUp();
          assertEquals(Optional.of(1), items.next());
          var thrown = assertThrows(IllegalStateException.class, items::close);
          assertEquals("cannot clean up", thrown.getMessage());
          items.close();
        });
  }

  private static AsyncIterator<Integer> failingToCleanUp() throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          try {
            out.emit(1);
            out.emit(2);
          } finally {
            failToCleanUp();
          }
        });
  }

  private static void failToCleanUp() {
    throw new IllegalStateException("cannot clean up");
  }

  @Test
  void loopFailsAndTheCleanupToo_theSecondIsSuppressed() throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new IOException("broken");
          var thrown =
              assertThrows(
                  IOException.class,
                  () -> {
                    try (var items = failingToCleanUp()) {
                      for (int i : items) {
                        assertEquals(1, i);
                        throw broken;
                      }
                    }
                  });
          assertSame(broken, thrown);
          assertEquals("cannot clean up", thrown.getSuppressed()[0].getMessage());
        });
  }

  @Test
  void consumerCancelled_bodyIsCancelledWithIt() throws Exception {
    VirtualTime.run(
        root -> {
          assertFalse(
              Tandem.moveOnAfter(
                  ofSeconds(1),
                  () -> {
                    try (var items = endless(0)) {
                      items.consume(i -> sleep(ofMillis(400)));
                    }
                  }));
          assertEquals("cleaned up", log.getLast());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void consumer_isNotCancelledWhenTheLoopIsLeft() throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = endless(0)) {
            items.next();
          }
          sleep(ofSeconds(1));
          assertFalse(Thread.currentThread().isInterrupted());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void bodyIgnoresTheClose_emitStillThrows() throws Exception {
    VirtualTime.run(
        root -> {
          var refused = new AtomicReference<@Nullable Exception>();
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    out.emit(1);
                    try {
                      Tandem.shield(() -> out.emit(2));
                    } catch (CancelledException expected) {
                      refused.set(expected);
                      throw expected;
                    }
                  });
          assertEquals(Optional.of(1), items.next());
          items.close();
          assertInstanceOf(CancelledException.class, refused.get());
          assertEquals(ofSeconds(0), VirtualTime.elapsed());
        });
  }

  @Test
  void output_usedAfterTheEnd_isRefused() throws Exception {
    VirtualTime.run(
        root -> {
          var escaped = new AtomicReference<@Nullable Output<Integer>>();
          AsyncIterator<Integer> items = AsyncIterator.generate(escaped::set);
          assertEquals(List.of(), items.toList());
          Output<Integer> out = escaped.get();
          if (out != null) {
            assertThrows(IllegalStateException.class, () -> out.emit(1));
          }
        });
  }

  @Test
  void closedByItsOwnBody_isRefused() throws Exception {
    VirtualTime.run(
        root -> {
          var own = new AtomicReference<@Nullable AsyncIterator<Integer>>();
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    AsyncIterator<Integer> self = own.get();
                    if (self != null) {
                      self.close();
                    }
                  });
          own.set(items);
          assertThrows(StructureException.class, items::next);
        });
  }

  @Test
  void outsideOfEveryScope_worksAndCloseWaits() throws Exception {
    var ended = new ArrayList<String>();
    try (AsyncIterator<Integer> items =
        AsyncIterator.generate(
            out -> {
              try {
                for (int i = 0; true; i++) {
                  out.emit(i);
                }
              } finally {
                ended.add("ended");
              }
            })) {
      assertEquals(List.of(0, 1, 2), items.take(3).toList());
    }
    assertEquals(List.of("ended"), ended);
  }

  @Test
  void outsideInterrupt_isAPlainOneAndLosesNothing() throws Exception {
    try (var items = endlessNumbers()) {
      Thread.currentThread().interrupt();
      var thrown = assertThrows(InterruptedException.class, items::next);
      assertFalse(thrown instanceof CancelledException);
      assertEquals(Optional.of(0), items.next());
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static AsyncIterator<Integer> endlessNumbers() throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          for (int i = 0; true; i++) {
            out.emit(i);
          }
        });
  }
}
