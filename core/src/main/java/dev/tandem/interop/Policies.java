package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Failsafe;
import dev.failsafe.Policy;
import dev.tandem.GroupWork;
import dev.tandem.TaskGroup;
import dev.tandem.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Failsafe's policies around a body, on Tandem's clock and under Tandem's cancellation.
 *
 * <pre>{@code
 * RetryPolicy<Status> retry = RetryPolicy.ofDefaults();
 * Status status = Policies.call(() -> check(host), retry);
 * }</pre>
 *
 * <p>Each attempt is a task of its own, the pauses between attempts are waits of Tandem, and when
 * the scope around the call is cancelled, so is the attempt that runs. Use {@code RetryPolicy},
 * {@code CircuitBreaker} and {@code Fallback}; for limits there are {@link
 * dev.tandem.sync.AsyncSemaphore} and {@link dev.tandem.Gather#limit}, because Failsafe's Bulkhead
 * and RateLimiter lose permits when a wait is interrupted. A circuit breaker measures its delay by
 * the system's clock. In virtual time, a retry policy that has reached its maximal duration counts
 * as aborted, and its last pause is not shortened.
 */
public final class Policies {

  private Policies() {}

  /**
   * Runs {@code body} under the policies, the first of which is the outermost.
   *
   * @return what the body or a fallback returned
   * @throws X as the last attempt threw it
   * @throws dev.failsafe.FailsafeException for conditions of the policies themselves, such as an
   *     open circuit breaker
   * @throws InterruptedException when cancelled or interrupted; no attempt is running then
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is handed on to be read
  public static <T, X extends Exception> T call(
      Work<? extends T, X> body, Policy<T> outermost, Policy<T>... inner)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    requireNonNull(outermost, "outermost");
    requireNonNull(inner, "inner");
    List<Policy<T>> policies = RetryLimit.onTandemsClock(outermost, List.of(inner));
    GroupWork<Attempted<T>, RuntimeException> attempts =
        group -> {
          CompletableFuture<T> result =
              Failsafe.with(policies).with(new GroupScheduler(group)).getAsync(() -> body.run());
          return outcome(result);
        };
    Attempted<T> attempted = TaskGroup.run(attempts);
    Throwable failure = attempted.failure();
    if (failure != null) {
      throw Policies.<X>rethrow(failure);
    }
    return attempted.value();
  }

  /** How it ended; kept apart so that the group is over before anything is thrown. */
  private record Attempted<T>(@Nullable T result, @Nullable Throwable failure) {
    @SuppressWarnings("NullAway") // without a failure the result is what the body returned
    T value() {
      return result;
    }
  }

  private static <T> Attempted<T> outcome(CompletableFuture<T> result) throws InterruptedException {
    try {
      return new Attempted<>(Futures.await(result), null);
    } catch (ExecutionException failed) {
      return new Attempted<>(null, failed.getCause());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the body declared it
  private static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
