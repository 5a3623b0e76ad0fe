package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Failsafe;
import dev.failsafe.Policy;
import dev.tandem.GroupWork;
import dev.tandem.TaskGroup;
import dev.tandem.Work;
import dev.tandem.interop.Attempts.Attempted;
import java.util.List;

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
   * @throws InterruptedException when cancelled or interrupted; no attempt is running then, and
   *     what failed in one while it was cancelled is suppressed
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
    var attempts = new Attempts<T>(body);
    GroupWork<Attempted<T>, RuntimeException> all =
        group ->
            attempts.await(
                Failsafe.with(policies)
                    .with(new GroupScheduler(group))
                    .getAsync(attempts::attempt));
    Attempted<T> last;
    try {
      last = TaskGroup.run(all);
    } catch (Throwable thrown) {
      attempts.attachTo(thrown);
      throw thrown;
    }
    Throwable failure = last.failure();
    if (failure != null) {
      attempts.attachTo(failure);
      throw Thrown.<X>asItself(failure);
    }
    attempts.log();
    return last.value();
  }
}
