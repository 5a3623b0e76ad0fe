package dev.tandem;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a gather that is cancelled from around still has to tell. */
final class GatherCancelledTest {

  @Test
  void gather_lastItemFailsWhileCancelledFromAround_throwsInsteadOfReturningNull()
      throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new IllegalStateException("broken");
          Task<@Nullable Void> task =
              root.start(
                  "outer",
                  () -> {
                    var stopped =
                        assertThrows(
                            CancelledException.class,
                            () ->
                                gather(
                                    List.of(1),
                                    item -> {
                                      try {
                                        sleep(ofSeconds(60));
                                      } catch (InterruptedException swallowed) {
                                        throw broken;
                                      }
                                      return item;
                                    }));
                    assertEquals(1, stopped.getSuppressed().length);
                    assertSame(broken, stopped.getSuppressed()[0].getCause());
                  });
          sleep(ofSeconds(1));
          task.cancel("stop");
          task.await(ofSeconds(1));
          assertEquals(TaskState.SUCCEEDED, task.state());
        });
  }

  @Test
  void gather_sourceFailsOnACancellation_theFailureIsNotLost() throws Exception {
    var broken = new IllegalStateException("the source is broken");
    var asked = new CountDownLatch(1);
    Iterator<Integer> source =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            asked.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException swallowed) {
              throw broken;
            }
            return false;
          }

          @Override
          public Integer next() {
            throw new AssertionError();
          }
        };
    var thrown = new AtomicReference<@Nullable Throwable>();
    TaskGroup.run(
        group -> {
          group.start(
              () -> {
                Iterable<Integer> items = () -> source;
                thrown.set(assertThrows(CancelledException.class, () -> gather(items, i -> i)));
              });
          asked.await();
          group.cancel("stop");
        });
    Throwable stopped = thrown.get();
    assertEquals(1, stopped == null ? -1 : stopped.getSuppressed().length);
  }
}
