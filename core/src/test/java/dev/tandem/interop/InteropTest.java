package dev.tandem.interop;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.SettableFuture;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Fallback;
import dev.failsafe.RetryPolicy;
import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.Work;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class InteropTest {

  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void await_completableFuture_givesValueFailureAndCancellation() throws Exception {
    assertEquals("a", Futures.await(CompletableFuture.completedFuture("a")));
    var gone = new IOException("gone");
    var error =
        assertThrows(
            ExecutionException.class,
            () -> Futures.await(CompletableFuture.<String>failedFuture(gone)));
    assertSame(gone, error.getCause());
    var cancelled = new CompletableFuture<String>();
    cancelled.cancel(false);
    assertThrows(CancellationException.class, () -> Futures.await(cancelled));
  }

  @Test
  void await_futureCompletedByAnotherTask_isWoken() throws Exception {
    VirtualTime.run(
        root -> {
          var future = SettableFuture.<String>create();
          root.start(
              () -> {
                sleep(ofSeconds(2));
                future.set("late");
              });
          assertEquals("late", GuavaFutures.await(future));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void awaitOutside_futureCompletedByAThreadOfOthers_virtualTimeStandsStill() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals("late", Futures.awaitOutside(completedOutside()));
          assertEquals(
              "late", timeout(ofSeconds(1), () -> Futures.awaitOutside(completedOutside())));
          var settable = SettableFuture.<String>create();
          var _ = completedOutside().thenAccept(settable::set);
          assertEquals("late", timeout(ofSeconds(1), () -> GuavaFutures.awaitOutside(settable)));
          assertEquals(ofSeconds(0), VirtualTime.elapsed());
        });
  }

  private static CompletableFuture<String> completedOutside() {
    return CompletableFuture.supplyAsync(
        () -> "late", CompletableFuture.delayedExecutor(20, MILLISECONDS));
  }

  @Test
  void awaitOutside_cancelled_cancelsTheFutureToo() throws Exception {
    var future = new CompletableFuture<String>();
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start(() -> Futures.awaitOutside(future));
          group.start(() -> group.cancel("enough"));
        });
    assertTrue(future.isCancelled());
  }

  @Test
  void await_nullArguments_areNamed() {
    var future = CompletableFuture.completedFuture("a");
    var listenable = SettableFuture.<String>create();
    assertNamed("future", () -> Futures.await(null));
    assertNamed("future", () -> Futures.awaitOutside(null));
    assertNamed("late", () -> Futures.await(future, null));
    assertNamed("late", () -> Futures.awaitOutside(future, null));
    assertNamed("future", () -> GuavaFutures.await(null));
    assertNamed("future", () -> GuavaFutures.awaitOutside(null));
    assertNamed("late", () -> GuavaFutures.await(listenable, null));
    assertNamed("late", () -> GuavaFutures.awaitOutside(listenable, null));
    assertNamed("task", () -> Futures.toCompletableFuture(null));
    assertNamed("task", () -> GuavaFutures.toListenableFuture(null));
  }

  private static void assertNamed(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void await_cancelled_cancelsTheFutureToo() throws Exception {
    VirtualTime.run(
        root -> {
          var completable = new CompletableFuture<String>();
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> Futures.await(completable)));
          assertTrue(completable.isCancelled());
          var listenable = SettableFuture.<String>create();
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(1), () -> GuavaFutures.await(listenable)));
          assertTrue(listenable.isCancelled());
        });
  }

  @Test
  void call_withRetries_pausesOnTandemsClock() throws Exception {
    VirtualTime.run(
        root -> {
          RetryPolicy<String> retry =
              RetryPolicy.<String>builder()
                  .handle(IOException.class)
                  .withMaxRetries(5)
                  .withDelay(ofSeconds(10))
                  .build();
          assertEquals("third", Policies.call(() -> failsTwice(), retry));
          assertEquals(3, attempts.get());
          assertEquals(ofSeconds(23), VirtualTime.elapsed());
        });
  }

  @Test
  void call_retriesWithAMaximalDuration_endOnTandemsClock() throws Exception {
    VirtualTime.run(
        root -> {
          RetryPolicy<String> retry =
              RetryPolicy.<String>builder()
                  .withMaxRetries(-1)
                  .withDelay(ofMinutes(1))
                  .withMaxDuration(ofMinutes(3))
                  .build();
          assertThrows(IOException.class, () -> Policies.call(() -> failsAlways(), retry));
          assertEquals(4, attempts.get());
          assertEquals(ofMinutes(3), VirtualTime.elapsed());
        });
  }

  @Test
  void call_allAttemptsFail_throwsTheLastFailureAsItself() throws Exception {
    VirtualTime.run(
        root -> {
          RetryPolicy<String> retry =
              RetryPolicy.<String>builder().withMaxRetries(1).withDelay(ofSeconds(1)).build();
          var error =
              assertThrows(IOException.class, () -> Policies.call(() -> failsTwice(), retry));
          assertEquals("attempt 2", error.getMessage());
        });
  }

  @Test
  void call_bodyThrowsACompletionException_throwsThatAndNotItsCause() throws Exception {
    RetryPolicy<String> once = RetryPolicy.<String>builder().withMaxRetries(0).build();
    var thrown = new CompletionException("mine", new IOException("inner"));
    Work<String, RuntimeException> body =
        () -> {
          throw thrown;
        };
    assertSame(thrown, assertThrows(CompletionException.class, () -> Policies.call(body, once)));
  }

  @Test
  void call_cancelledInAnAttemptOrAPause_leavesNothingRunning() throws Exception {
    VirtualTime.run(
        root -> {
          var running = new AtomicInteger();
          RetryPolicy<String> retry =
              RetryPolicy.<String>builder().withMaxRetries(-1).withDelay(ofSeconds(10)).build();
          for (int limit : new int[] {5, 12, 18, 25}) {
            assertThrows(
                DeadlineExceededException.class,
                () ->
                    timeout(
                        ofSeconds(limit),
                        () -> Policies.call(() -> failsAfterSevenSeconds(running), retry)));
            assertEquals(0, running.get());
          }
          assertEquals(ofSeconds(60), VirtualTime.elapsed());
        });
  }

  @Test
  void call_cancelledAndTheAttemptFailsInItsCleanup_isTold() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            RetryPolicy<String> retry = RetryPolicy.ofDefaults();
                            Task<String> task =
                                group.start(() -> Policies.call(() -> failsInCleanup(), retry));
                            sleep(ofSeconds(1));
                            task.cancel("enough");
                          }));
          assertEquals(1, error.failureCount());
          assertEquals("disk", error.getCause().getMessage());
        });
  }

  private static String failsInCleanup() throws InterruptedException {
    try {
      sleep(ofSeconds(60));
      return "done";
    } catch (CancelledException stopped) {
      throw new IllegalStateException("disk");
    }
  }

  @Test
  void call_withFallbackAndBreaker_behavesAsFailsafeSays() throws Exception {
    Fallback<String> fallback = Fallback.of("plan b");
    assertEquals("plan b", Policies.call(() -> failsTwice(), fallback));
    CircuitBreaker<String> breaker = CircuitBreaker.ofDefaults();
    breaker.open();
    assertThrows(
        CircuitBreakerOpenException.class, () -> Policies.call(() -> failsTwice(), breaker));
    assertEquals(1, attempts.get());
  }

  private static String failsAfterSevenSeconds(AtomicInteger running)
      throws IOException, InterruptedException {
    running.incrementAndGet();
    try {
      sleep(ofSeconds(7));
    } finally {
      running.decrementAndGet();
    }
    throw new IOException("again");
  }

  private String failsAlways() throws IOException {
    throw new IOException("attempt " + attempts.incrementAndGet());
  }

  private String failsTwice() throws IOException, InterruptedException {
    int number = attempts.incrementAndGet();
    sleep(ofSeconds(1));
    if (number < 3) {
      throw new IOException("attempt " + number);
    }
    return "third";
  }
}
