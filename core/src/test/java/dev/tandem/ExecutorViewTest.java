package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.Futures;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ExecutorViewTest {

  @Test
  void execute_runsAsATaskOfTheGroup() throws Exception {
    var ran = new AtomicReference<String>();
    TaskGroup.run(
        "group",
        group -> {
          Executor executor = group.executor();
          executor.execute(() -> ran.set(Tandem.currentPath()));
        });
    assertEquals("group/task-1", ran.get());
  }

  @Test
  void execute_fromAThreadOutside_isAcceptedWhileTheGroupLasts() throws Exception {
    var ran = new AtomicInteger();
    TaskGroup.run(
        (TaskGroup group) -> {
          Thread foreign =
              Thread.ofPlatform()
                  .start(
                      () -> {
                        for (int i = 0; i < 100; i++) {
                          group.executor().execute(ran::incrementAndGet);
                        }
                      });
          foreign.join();
        });
    assertEquals(100, ran.get());
  }

  @Test
  void execute_throws_isAFailureOfTheGroup() {
    var bad = new IllegalStateException("bad");
    var failed =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) ->
                        group
                            .executor()
                            .execute(
                                () -> {
                                  throw bad;
                                })));
    assertSame(bad, failed.getCause());
  }

  @Test
  void supplyAsync_onAGroup_isAwaitedLikeAnythingElse() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          List<CompletableFuture<Integer>> futures = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            int number = i;
            futures.add(CompletableFuture.supplyAsync(() -> number, group.executor()));
          }
          for (int i = 0; i < 10; i++) {
            assertEquals(i, Futures.await(futures.get(i)));
          }
        });
  }

  @Test
  void execute_groupEnded_isRejected() throws Exception {
    var escaped = new AtomicReference<Executor>();
    TaskGroup.run((TaskGroup group) -> escaped.set(group.executor()));
    var rejected =
        assertThrows(RejectedExecutionException.class, () -> escaped.get().execute(() -> {}));
    assertTrue(rejected.getCause() instanceof GroupEndedException);
  }

  @Test
  void execute_groupBeingCancelled_isRejected() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.cancel("enough");
          var rejected =
              assertThrows(
                  RejectedExecutionException.class, () -> group.executor().execute(() -> {}));
          assertTrue(rejected.getMessage().contains("enough"), rejected.getMessage());
        });
  }

  @Test
  void execute_acceptedAndThenCancelled_runsAndItsWaitsThrow() throws Exception {
    Stress.repeat(
        1000,
        () -> {
          var accepted = new AtomicInteger();
          var ran = new AtomicInteger();
          var foreign = new AtomicReference<Thread>();
          TaskGroup.run(
              (TaskGroup group) -> {
                Runnable work =
                    () -> {
                      ran.incrementAndGet();
                      assertThrows(InterruptedException.class, () -> sleep(ofSeconds(99)));
                    };
                foreign.set(Thread.ofVirtual().start(() -> give(group.executor(), work, accepted)));
                group.cancel("enough");
              });
          foreign.get().join();
          assertEquals(accepted.get(), ran.get());
        });
  }

  @Test
  void execute_underVirtualTime_isOnItsClock() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          TaskGroup.run(
              (TaskGroup group) ->
                  group
                      .executor()
                      .execute(
                          () -> {
                            try {
                              sleep(ofSeconds(5));
                            } catch (InterruptedException stopped) {
                              throw new IllegalStateException(stopped);
                            }
                          }));
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  private static void give(Executor executor, Runnable work, AtomicInteger accepted) {
    try {
      executor.execute(work);
      accepted.incrementAndGet();
    } catch (RejectedExecutionException late) {
      // As it may be.
    }
  }
}
