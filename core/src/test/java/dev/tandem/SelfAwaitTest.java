package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.Futures;
import dev.tandem.interop.GuavaFutures;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A task that is awaited by what it has to wait for would never end; that is refused. */
final class SelfAwaitTest {

  private final AtomicReference<Task<String>> handle = new AtomicReference<>();

  @Test
  void await_ownTask_isRefusedWithItsPath() throws Exception {
    assertRefused(() -> refused(() -> handle.get().await()));
  }

  @Test
  void awaitWithTimeout_ownTask_isRefused() throws Exception {
    assertRefused(() -> refused(() -> handle.get().await(ofSeconds(1))));
  }

  @Test
  void await_taskAround_isRefused() throws Exception {
    assertRefused(
        () ->
            TaskGroup.run(
                (TaskGroup inner) ->
                    inner.start("child", () -> refused(() -> handle.get().await())).await()));
  }

  @Test
  void await_taskAroundFromAGatheredItem_isRefused() throws Exception {
    assertRefused(
        () -> Tandem.gather(List.of(1), item -> refused(() -> handle.get().await())).getFirst());
  }

  @Test
  void asCompleted_ownTask_isRefused() throws Exception {
    assertRefused(() -> refused(() -> Tandem.asCompleted(List.of(handle.get()))));
  }

  @Test
  void asCompletedMadeOutside_iteratedInOneOfItsTasks_isRefused() throws Exception {
    var loop = new AtomicReference<Iterable<Task<String>>>();
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> other = group.start("other", () -> "of another");
          Task<String> inside =
              group.start(
                  "inside",
                  () -> {
                    sleep(ofSeconds(1));
                    var tasks = loop.get().iterator();
                    // The one that has ended is given; its own never will.
                    return tasks.next().await() + ", " + refused(tasks::next);
                  });
          loop.set(Tandem.asCompleted(List.of(inside, other)));
          String told = inside.await();
          assertTrue(told.startsWith("of another, inside was to be awaited from inside"), told);
        });
  }

  @Test
  void futureOfOwnTask_isRefused() throws Exception {
    assertRefused(() -> refused(() -> Futures.await(Futures.toCompletableFuture(handle.get()))));
    assertRefused(
        () -> refused(() -> GuavaFutures.await(GuavaFutures.toListenableFuture(handle.get()))));
  }

  @Test
  void await_sibling_isFine() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> first = group.start(() -> 1);
          Task<Integer> second = group.start(() -> first.await() + 1);
          assertEquals(2, second.await());
        });
  }

  private void assertRefused(Work<String, Exception> work) throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> task =
              group.start(
                  "outer",
                  () -> {
                    sleep(ofSeconds(1));
                    return work.run();
                  });
          handle.set(task);
          String message = task.await();
          assertTrue(message.startsWith("outer was to be awaited from inside itself"), message);
          assertEquals(Duration.ofSeconds(1), VirtualTime.elapsed());
        });
  }

  private static String refused(Action<Exception> use) {
    return assertThrows(StructureException.class, use::run).getMessage();
  }
}
