package dev.tandem.sync;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.Optional;

/**
 * At most so many at once.
 *
 * <pre>{@code
 * var gate = AsyncSemaphore.of(10);
 * try (var permit = gate.acquire()) {
 *   fetch(host);
 * }
 * }</pre>
 *
 * <p><b>Fairness.</b> First come, first served. Whoever asks for several permits at the head of the
 * queue holds up those behind until there are enough.
 *
 * <p><b>Cancellation.</b> An acquire that throws took nothing, and a task that gave up waiting is
 * never handed a permit. Releasing happens-before the acquire that takes the permit.
 */
public final class AsyncSemaphore {

  private final PermitQueue queue;
  private final int permits;

  private AsyncSemaphore(int permits) {
    this.permits = permits;
    this.queue = new PermitQueue(permits);
  }

  /**
   * A semaphore with {@code permits} permits.
   *
   * @throws IllegalArgumentException when {@code permits} is below 1
   */
  public static AsyncSemaphore of(int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException(
          "a semaphore needs at least 1 permit, but was given " + permits);
    }
    return new AsyncSemaphore(permits);
  }

  /**
   * Takes a permit, waiting in turn for one.
   *
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Permit acquire() throws InterruptedException {
    return acquire(1);
  }

  /**
   * Takes several permits together, waiting in turn for them.
   *
   * @throws IllegalArgumentException when {@code count} is below 1 or more than there will ever be
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Permit acquire(int count) throws InterruptedException {
    queue.acquire(checked(count), TaskRuntime.NEVER);
    return new Permit(queue, count);
  }

  /** Takes a permit if one is free and nobody waits for it. */
  public Optional<Permit> tryAcquire() {
    return queue.tryAcquire(1) ? Optional.of(new Permit(queue, 1)) : Optional.empty();
  }

  /**
   * Takes a permit, waiting in turn, but not longer than {@code atMost}.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Optional<Permit> tryAcquire(Duration atMost) throws InterruptedException {
    long nanos = Durations.positive(atMost, "atMost");
    long deadline = Durations.after(Context.currentRuntime().now(), nanos);
    return queue.acquire(1, deadline) ? Optional.of(new Permit(queue, 1)) : Optional.empty();
  }

  /** Permits and waiters at one moment. */
  public Statistics statistics() {
    PermitQueue.Snapshot now = queue.snapshot();
    return new Statistics(permits, Math.toIntExact(now.available()), now.waiting());
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return "AsyncSemaphore[permits "
        + (permits - now.available())
        + "/"
        + permits
        + ", waiting "
        + now.waiting()
        + "]";
  }

  private int checked(int count) {
    if (count < 1 || count > permits) {
      throw new IllegalArgumentException(
          "count must be from 1 to " + permits + ", the permits there are, but was " + count);
    }
    return count;
  }

  /**
   * A consistent view of a semaphore.
   *
   * @param permits how many there are
   * @param available how many are free
   * @param waiting how many tasks wait
   */
  public record Statistics(int permits, int available, int waiting) {}
}
