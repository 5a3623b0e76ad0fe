package dev.tandem.flow;

import static dev.tandem.Stress.pause;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Stress;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One thread closes an iterator while another asks it for the first time: no task is left over. */
@Tag("stress")
final class CloseRaceStressTest {

  private final AtomicInteger running = new AtomicInteger();

  @Test
  void close_againstTheFirstQuestion_leavesNoTask() throws Exception {
    Stress.repeat(
        () -> {
          AsyncIterator<Integer> items = generated();
          race(items, items);
        });
  }

  @Test
  void closeOfAShare_againstTheFirstQuestionOfAReader_leavesNoTask() throws Exception {
    Stress.repeat(
        () -> {
          var shared = generated().share(2);
          try (var reader = shared.subscribe()) {
            race(reader, shared);
          }
        });
  }

  private AsyncIterator<Integer> generated() throws InterruptedException {
    return AsyncIterator.<Integer, InterruptedException>generate(
        out -> {
          running.incrementAndGet();
          try {
            for (int i = 0; ; i++) {
              out.emit(i);
            }
          } finally {
            running.decrementAndGet();
          }
        });
  }

  private void race(AsyncIterator<Integer> asked, AutoCloseable closed) throws Exception {
    var start = new CyclicBarrier(2);
    var failure = new AtomicReference<@Nullable Throwable>();
    var asker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    start.await();
                    asked.next();
                  } catch (Throwable thrown) {
                    failure.set(thrown);
                  }
                });
    start.await();
    pause(50);
    boolean open = true;
    while (open) {
      try {
        closed.close();
        open = false;
      } catch (IllegalStateException askedAtTheMoment) {
        Thread.onSpinWait();
      }
    }
    asker.join();
    // That it is closed, perhaps, just as its first task is started.
    Throwable thrown = failure.get();
    assertTrue(thrown == null || thrown instanceof CancelledException, () -> "" + thrown);
    assertEquals(0, running.get());
  }
}
