package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.waitFor;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.Outcome.Failure;
import dev.tandem.ReturnWhen;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of wait. */
final class AsyncioWaitTest {

  @Test
  void waitFor_allTwice_theSecondTimeNeedsNoTime() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> first = group.start(() -> after(100, 1));
          Task<Integer> second = group.start(() -> after(150, 2));
          for (int i = 0; i < 2; i++) {
            var waited = waitFor(List.of(second, first), ReturnWhen.ALL_COMPLETED);
            assertEquals(List.of(second, first), waited.done());
            assertEquals(List.of(), waited.pending());
            assertEquals(ofMillis(150), VirtualTime.elapsed());
          }
        });
  }

  @Test
  void waitFor_theFirst_leavesTheOthersRunning() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> slow = group.start(() -> after(10_000, 1));
          Task<Integer> fast = group.start(() -> after(100, 2));
          var waited = waitFor(List.of(fast, slow), ReturnWhen.FIRST_COMPLETED);
          assertEquals(List.of(fast), waited.done());
          assertEquals(List.of(slow), waited.pending());
          assertEquals(TaskState.RUNNING, slow.state());
          assertEquals(2, fast.await());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void waitFor_theFirstOfSeveralThatHaveEnded_givesThemAll() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> first = group.start(() -> 1);
          Task<Integer> second = group.start(() -> 2);
          first.await();
          second.await();
          var waited = waitFor(List.of(second, first), ReturnWhen.FIRST_COMPLETED);
          assertEquals(List.of(second, first), waited.done());
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void waitFor_theFirstFailureAndOneHasFailedBefore_returnsAtOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                TaskGroupException.class,
                () ->
                    TaskGroup.collect(
                        group -> {
                          Task<Integer> slow = group.start(() -> after(10_000, 1));
                          Task<Integer> bad = group.start(() -> failAfter(0));
                          sleep(ofSeconds(1));
                          var waited = waitFor(List.of(bad, slow), ReturnWhen.FIRST_EXCEPTION);
                          assertEquals(List.of(bad), waited.done());
                          assertEquals(List.of(slow), waited.pending());
                          assertEquals(ofSeconds(1), VirtualTime.elapsed());
                        })));
  }

  @Test
  void waitFor_theFirstFailureInAGroupThatFailsFast_isCancelledByIt() throws Exception {
    VirtualTime.run(
        root -> {
          var cancelled = new AtomicBoolean();
          assertThrows(
              TaskGroupException.class,
              () ->
                  TaskGroup.run(
                      group -> {
                        Task<Integer> slow = group.start(() -> after(10_000, 1));
                        Task<Integer> bad = group.start(() -> failAfter(10));
                        try {
                          waitFor(List.of(bad, slow), ReturnWhen.FIRST_EXCEPTION);
                        } catch (CancelledException stopped) {
                          cancelled.set(true);
                          throw stopped;
                        }
                      }));
          assertTrue(cancelled.get());
          assertEquals(ofMillis(10), VirtualTime.elapsed());
        });
  }

  @Test
  void waitFor_allAndOneFails_bothAreDoneAndOneIsAFailure() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                TaskGroupException.class,
                () ->
                    TaskGroup.collect(
                        group -> {
                          Task<Integer> fine = group.start(() -> after(100, 1));
                          Task<Integer> bad = group.start(() -> failAfter(150));
                          for (int i = 0; i < 2; i++) {
                            var waited = waitFor(List.of(bad, fine), ReturnWhen.ALL_COMPLETED);
                            assertEquals(List.of(bad, fine), waited.done());
                            assertInstanceOf(Failure.class, bad.outcome().orElseThrow());
                            assertTrue(fine.outcome().orElseThrow().isSuccess());
                          }
                          assertEquals(ofMillis(150), VirtualTime.elapsed());
                        })));
  }

  @Test
  void waitFor_aTaskEndsAtTheVeryEndOfTheTime_itIsDone() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> first = group.start(() -> after(100, 1));
          Task<Integer> second = group.start(() -> after(150, 2));
          sleep(ofMillis(10));
          var waited = waitFor(List.of(second, first), ReturnWhen.ALL_COMPLETED, ofMillis(90));
          assertEquals(List.of(first), waited.done());
          assertEquals(List.of(second), waited.pending());
          assertEquals(ofMillis(100), VirtualTime.elapsed());
        });
  }

  @Test
  void waitFor_manyTasks_areAllDone() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks =
              IntStream.range(0, 10).mapToObj(i -> group.start(() -> i)).toList();
          var waited = waitFor(tasks, ReturnWhen.ALL_COMPLETED);
          assertEquals(tasks, waited.done());
          assertEquals(List.of(), waited.pending());
        });
  }

  @Test
  void waitFor_isCancelled_theTasksGoOn() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var proof = new AtomicInteger();
          Task<?> inner =
              group.start(
                  () -> {
                    sleep(ofSeconds(5));
                    proof.incrementAndGet();
                  });
          Task<?> outer =
              group.start(
                  () -> {
                    waitFor(List.of(inner), ReturnWhen.ALL_COMPLETED);
                    proof.addAndGet(100);
                  });
          sleep(ofSeconds(1));
          outer.cancel("test");
          assertThrows(TaskCancelledException.class, outer::await);
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          inner.await();
          assertEquals(1, proof.get());
        });
  }

  @Test
  void waitFor_withoutSayingForWhat_isRefused() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          Task<Integer> task = group.start(() -> 1);
          assertThrows(NullPointerException.class, () -> waitFor(List.of(task), null));
        });
  }

  private static int after(int millis, int value) throws InterruptedException {
    sleep(ofMillis(millis));
    return value;
  }

  private static int failAfter(int millis) throws IOException, InterruptedException {
    sleep(ofMillis(millis));
    throw new IOException("after " + millis);
  }
}
