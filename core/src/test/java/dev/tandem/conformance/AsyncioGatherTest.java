package dev.tandem.conformance;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.gatherOutcomes;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.CancelledException;
import dev.tandem.Outcome;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.Work;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of gather. */
final class AsyncioGatherTest {

  @Test
  void gather_itemsEndInAnotherOrder_theResultsAreInTheItemsOrder() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> results = gather(() -> after(2, 2), () -> after(1, 1), () -> after(3, 3));
          assertEquals(List.of(2, 1, 3), results);
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void gatherOutcomes_allSucceed_areSuccessesInTheItemsOrder() throws Exception {
    VirtualTime.run(
        root -> {
          List<Outcome<Integer, Integer>> outcomes =
              gatherOutcomes(List.of(2, 1, 3), i -> after(i, i));
          assertEquals(
              List.of(new Success<>(2, 2), new Success<>(1, 1), new Success<>(3, 3)), outcomes);
        });
  }

  @Test
  void gather_oneFails_throwsItAtThatInstantAndLeavesNobodyRunning() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          var mine = new IOException("mine");
          var error =
              assertThrows(
                  IOException.class,
                  () ->
                      gather(
                          List.of(0, 1, 2, 3),
                          i -> {
                            if (i == 1) {
                              sleep(ofSeconds(1));
                              throw mine;
                            }
                            running.incrementAndGet();
                            try {
                              return after(10 * i, i);
                            } finally {
                              running.decrementAndGet();
                            }
                          }));
          assertSame(mine, error);
          assertEquals(0, running.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void gatherOutcomes_someFail_waitsForAllAndKeepsEachInItsPlace() throws Exception {
    VirtualTime.run(
        root -> {
          var first = new IOException("first");
          var second = new IllegalStateException("second");
          List<Outcome<Integer, Integer>> outcomes =
              gatherOutcomes(
                  List.of(0, 1, 2, 3),
                  i -> {
                    sleep(ofSeconds(5 - i));
                    return switch (i) {
                      case 2 -> throw first;
                      case 3 -> throw second;
                      default -> i;
                    };
                  });
          assertEquals(
              List.of(
                  new Success<>(0, 0),
                  new Success<>(1, 1),
                  new Failure<>(2, first),
                  new Failure<>(3, second)),
              outcomes);
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void gather_ofNothing_isEmpty() throws Exception {
    assertEquals(List.of(), gather(List.<Integer>of(), i -> i));
    assertEquals(List.of(), gatherOutcomes(List.<Integer>of(), i -> i));
  }

  @Test
  void gather_oneAwaitsACancelledTask_throwsThatTheTaskWasCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> first = root.start(() -> 1);
          Task<Integer> second = root.start("second", () -> after(60, 2));
          second.cancel("not needed");
          var error =
              assertThrows(
                  TaskCancelledException.class,
                  () -> gather(List.of(first, second), task -> task.await()));
          assertEquals("not needed", error.cancellation().reason());
        });
  }

  @Test
  void gatherOutcomes_someAwaitCancelledTasks_thoseAreTheOnesWithoutAResult() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> first = root.start(() -> 1);
          Task<Integer> second = root.start(() -> after(60, 2));
          Task<Integer> third = root.start(() -> after(1, 3));
          second.cancel("not needed");
          List<Outcome<Task<Integer>, Integer>> outcomes =
              gatherOutcomes(List.of(first, second, third), task -> task.await());
          assertEquals(new Success<>(first, 1), outcomes.get(0));
          var cancelled = assertInstanceOf(Failure.class, outcomes.get(1));
          assertInstanceOf(TaskCancelledException.class, cancelled.error());
          assertEquals(new Success<>(third, 3), outcomes.get(2));
        });
  }

  @Test
  void gather_theSameWorkSeveralTimes_doesItSeveralTimes() throws Exception {
    var count = new AtomicInteger();
    Work<Integer, RuntimeException> work = count::incrementAndGet;
    List<Integer> results = gather(work, work, work);
    assertEquals(List.of(1, 2, 3), results.stream().sorted().toList());
  }

  @Test
  void gather_theSameTaskSeveralTimes_givesItsOneResultSeveralTimes() throws Exception {
    var count = new AtomicInteger();
    List<Integer> results =
        TaskGroup.run(
            (TaskGroup group) -> {
              Task<Integer> task = group.start(count::incrementAndGet);
              return gather(List.of(task, task, task), each -> each.await());
            });
    assertEquals(List.of(1, 1, 1), results);
  }

  @Test
  void cancel_whoeverGathers_cancelsAllItemsAndWhatFollows() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicInteger();
          var proof = new AtomicInteger();
          Task<?> outer =
              root.start(
                  () -> {
                    gather(
                        List.of(1, 2),
                        i -> {
                          try {
                            sleep(ofSeconds(60));
                          } catch (CancelledException stopped) {
                            cancelled.incrementAndGet();
                            throw stopped;
                          }
                          return proof.incrementAndGet();
                        });
                    proof.addAndGet(100);
                  });
          sleep(ofSeconds(1));
          assertEquals(TaskState.RUNNING, outer.state());
          outer.cancel("test");
          assertThrows(TaskCancelledException.class, outer::await);
          assertEquals(2, cancelled.get());
          assertEquals(0, proof.get());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void gather_aSecondItemFailsWhileItIsStopped_isSuppressedInTheFirst() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  IOException.class,
                  () ->
                      gather(
                          List.of(1, 2),
                          i -> {
                            try {
                              sleep(ofSeconds(i));
                            } finally {
                              failing("no " + i);
                            }
                            return i;
                          }));
          assertEquals("no 1", error.getMessage());
          var second = assertInstanceOf(TaskFailedException.class, error.getSuppressed()[0]);
          assertEquals("no 2", second.failure().getMessage());
        });
  }

  @Test
  void gather_withSomethingThatIsNoWork_isRefused() {
    assertThrows(
        NullPointerException.class, () -> gather(() -> 1, (Work<Integer, RuntimeException>) null));
  }

  @Test
  void cancel_whoeverGathersOutcomesInALoop_endsItWithTheMessage() throws Exception {
    VirtualTime.run(
        root -> {
          var thrown = new AtomicReference<@Nullable CancelledException>();
          Task<?> loop =
              root.start(
                  () -> {
                    while (true) {
                      try {
                        gatherOutcomes(
                            List.of(1),
                            i -> {
                              sleep(ofMillis(50));
                              return i;
                            });
                      } catch (CancelledException stopped) {
                        thrown.set(stopped);
                        throw stopped;
                      }
                    }
                  });
          sleep(ofMillis(220));
          loop.cancel("my message");
          assertThrows(TaskCancelledException.class, loop::await);
          assertEquals("my message", thrown.get().cancellation().reason());
          assertEquals(ofMillis(220), VirtualTime.elapsed());
        });
  }

  private static int after(int seconds, int value) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return value;
  }

  private static void failing(String message) throws IOException {
    throw new IOException(message);
  }
}
