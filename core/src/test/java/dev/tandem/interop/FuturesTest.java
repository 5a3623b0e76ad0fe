package dev.tandem.interop;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Futures.FutureCombiner;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Stress;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Tasks as futures of other libraries, with cancellation in both directions. */
final class FuturesTest {

  @Test
  void toCompletableFuture_taskReturns_completesWithItsValue() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var future = Futures.toCompletableFuture(group.start(() -> slept(2)));
          Integer value = Futures.await(future.thenApply(seconds -> seconds + 1));
          assertEquals(3, value);
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void toCompletableFuture_taskHasEnded_isCompleteAtOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> task = group.start(() -> slept(1));
          task.await();
          assertEquals(1, Futures.toCompletableFuture(task).join());
        });
  }

  @Test
  void toCompletableFuture_taskFails_failsWithThatVeryException() throws Exception {
    var gone = new IOException("gone");
    List<CompletableFuture<Integer>> future = new ArrayList<>();
    assertThrows(
        TaskGroupException.class,
        () ->
            TaskGroup.run(
                (TaskGroup group) ->
                    future.add(
                        Futures.toCompletableFuture(
                            group.<Integer>start(
                                () -> {
                                  throw gone;
                                })))));
    var failed = assertThrows(CompletionException.class, () -> future.getFirst().join());
    assertSame(gone, failed.getCause());
  }

  @Test
  void toCompletableFuture_taskCancelled_isCancelled() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> task = group.start(() -> slept(9));
          var future = Futures.toCompletableFuture(task);
          task.cancel("enough");
          assertThrows(CancellationException.class, () -> Futures.await(future));
        });
  }

  @Test
  void toCompletableFuture_futureCancelled_cancelsTheTask() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> task = group.start(() -> slept(9));
          Futures.toCompletableFuture(task).cancel(true);
          task.await(ofSeconds(1));
          assertEquals(TaskState.CANCELLED, task.state());
          assertEquals(ofSeconds(0), VirtualTime.elapsed());
        });
  }

  @Test
  void toListenableFuture_endsAsTheTaskDoes() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          var gone = new IOException("gone");
          assertThrows(
              TaskGroupException.class,
              () ->
                  TaskGroup.collect(
                      group -> {
                        ListenableFuture<Integer> value =
                            GuavaFutures.toListenableFuture(group.start(() -> slept(1)));
                        ListenableFuture<Integer> failure =
                            GuavaFutures.toListenableFuture(
                                group.<Integer>start(
                                    () -> {
                                      throw gone;
                                    }));
                        Task<Integer> stopped = group.start(() -> slept(9));
                        ListenableFuture<Integer> cancelled =
                            GuavaFutures.toListenableFuture(stopped);
                        stopped.cancel("enough");
                        Integer one = GuavaFutures.await(value);
                        assertEquals(1, one);
                        var failed =
                            assertThrows(
                                ExecutionException.class, () -> GuavaFutures.await(failure));
                        assertSame(gone, failed.getCause());
                        assertThrows(
                            CancellationException.class, () -> GuavaFutures.await(cancelled));
                      }));
        });
  }

  @Test
  void toListenableFuture_futureCancelledByGuava_cancelsTheTasks() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> first = group.start(() -> slept(9));
          Task<Integer> second = group.start(() -> slept(9));
          FutureCombiner<Integer> both =
              com.google.common.util.concurrent.Futures.whenAllSucceed(
                  GuavaFutures.toListenableFuture(first), GuavaFutures.toListenableFuture(second));
          both.call(() -> 1, MoreExecutors.directExecutor()).cancel(true);
          first.await(ofSeconds(1));
          second.await(ofSeconds(1));
          assertEquals(TaskState.CANCELLED, first.state());
          assertEquals(TaskState.CANCELLED, second.state());
        });
  }

  @Test
  void await_valueComesTogetherWithTheCancellation_isReturnedOrHandedOver() throws Exception {
    Stress.repeat(
        2000,
        () -> {
          var future = new CompletableFuture<String>();
          var began = new AtomicBoolean();
          List<String> late = new ArrayList<>();
          List<String> seen = new ArrayList<>();
          TaskGroup.run(
              (TaskGroup group) -> {
                Task<?> waiting =
                    group.start(
                        () -> {
                          began.set(true);
                          seen.add(Futures.await(future, late::add));
                        });
                Thread.yield();
                Task<Boolean> completing = group.start(() -> future.complete("value"));
                waiting.cancel("enough");
                waiting.await(ofSeconds(60));
                boolean taken = completing.await();
                assertEquals(taken && began.get() ? 1 : 0, late.size() + seen.size());
              });
        });
  }

  @Test
  void await_timeout_throwsAndTheHookIsNotCalledForWhatWasCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var future = new CompletableFuture<String>();
          List<String> late = new ArrayList<>();
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> Futures.await(future, late::add)));
          assertTrue(future.isCancelled());
          assertEquals(List.of(), late);
        });
  }

  private static int slept(int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return seconds;
  }

  @Test
  void await_guavaFutureInterruptedJustAfterItsValue_givesTheValue() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          SettableFuture<Integer> future = SettableFuture.create();
          Thread waiting = Thread.currentThread();
          group.start(
              () -> {
                future.set(1);
                waiting.interrupt();
              });
          assertEquals(1, GuavaFutures.await(future));
          assertTrue(Thread.interrupted());
        });
  }
}
