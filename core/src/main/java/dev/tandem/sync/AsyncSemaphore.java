package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.Action;
import dev.tandem.Work;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.PermitQueue.Answer;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * <p>The number of permits can be changed while they are in use, as with Trio's {@code
 * CapacityLimiter}; and there are never more free than there are in all, as with asyncio's {@code
 * BoundedSemaphore}, because only a permit gives back permits.
 *
 * <p><b>Fairness.</b> First come, first served. Whoever asks for several permits at the head of the
 * queue holds up those behind until there are enough. A try without a duration does not go ahead of
 * those who wait.
 *
 * <p><b>Cancellation.</b> An acquire that throws took nothing, and a task that gave up waiting is
 * never handed a permit. Releasing happens-before the acquire that takes the permit.
 */
public final class AsyncSemaphore {

  private final String name;
  private final PermitQueue queue;

  private AsyncSemaphore(String name, int permits) {
    this.name = name;
    this.queue = PermitQueue.limited(permits, this::awaited);
  }

  /**
   * A semaphore with {@code permits} permits.
   *
   * @throws IllegalArgumentException when {@code permits} is below 1
   */
  public static AsyncSemaphore of(int permits) {
    return of("", permits);
  }

  /**
   * A semaphore that messages call by a name.
   *
   * @throws IllegalArgumentException when {@code permits} is below 1
   */
  public static AsyncSemaphore of(String name, int permits) {
    requireNonNull(name, "name");
    return new AsyncSemaphore(name, Names.atLeastOne(permits, "permits"));
  }

  /**
   * Takes a permit, waiting in turn for one.
   *
   * @throws ClosedException when the semaphore is closed, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Permit acquire() throws InterruptedException {
    take(1, TaskRuntime.NEVER);
    return new Permit(queue, 1);
  }

  /**
   * Takes several permits together, waiting in turn for them.
   *
   * @throws IllegalArgumentException when {@code count} is below 1 or more than there are in all
   * @throws TooFewPermitsException when a resize meanwhile left fewer than that in all
   * @throws ClosedException when the semaphore is closed, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Permit acquire(int count) throws InterruptedException {
    take(checked(count), TaskRuntime.NEVER);
    return new Permit(queue, count);
  }

  /**
   * Takes a permit if one is free and nobody waits for it.
   *
   * @throws ClosedException when the semaphore is closed
   */
  public Optional<Permit> tryAcquire() {
    return tryAcquire(1);
  }

  /**
   * Takes several permits if they are free and nobody waits.
   *
   * @throws IllegalArgumentException when {@code count} is below 1 or more than there are in all
   * @throws ClosedException when the semaphore is closed
   */
  public Optional<Permit> tryAcquire(int count) {
    checked(count);
    if (queue.tryAcquire(count)) {
      return Optional.of(new Permit(queue, count));
    }
    if (queue.isShut()) {
      throw new ClosedException(called());
    }
    return Optional.empty();
  }

  /**
   * Takes a permit, waiting in turn, but not longer than {@code atMost}.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws ClosedException when the semaphore is closed, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Optional<Permit> tryAcquire(Duration atMost) throws InterruptedException {
    return tryAcquire(1, atMost);
  }

  /**
   * Takes several permits together, waiting in turn, but not longer than {@code atMost}.
   *
   * @throws IllegalArgumentException when {@code count} is below 1 or more than there are in all,
   *     or {@code atMost} is not longer than zero
   * @throws TooFewPermitsException when a resize meanwhile left fewer than that in all
   * @throws ClosedException when the semaphore is closed, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Optional<Permit> tryAcquire(int count, Duration atMost) throws InterruptedException {
    checked(count);
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    long deadline = Durations.after(Context.currentRuntime().now(), nanos);
    return take(count, deadline) ? Optional.of(new Permit(queue, count)) : Optional.empty();
  }

  /**
   * Runs {@code body} with a permit, which is back when this returns or throws.
   *
   * @return what the body returned
   * @throws X as the body threw it
   * @throws ClosedException when the semaphore is closed, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted
   */
  public <T extends @Nullable Object, X extends Exception> T run(Work<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    take(1, TaskRuntime.NEVER);
    try {
      return body.run();
    } finally {
      queue.release(1);
    }
  }

  /** Like {@link #run(Work)}, for a body that returns nothing. */
  public <X extends Exception> void run(Action<X> body) throws X, InterruptedException {
    requireNonNull(body, "body");
    take(1, TaskRuntime.NEVER);
    try {
      body.run();
    } finally {
      queue.release(1);
    }
  }

  /**
   * Changes how many permits there are. With more, those who wait are served at once. With fewer,
   * permits that are out stay valid, and come back before anybody gets one; who waits for more at
   * once than there are now is told so by a {@link TooFewPermitsException}, for it would hold up
   * everybody behind it.
   *
   * @throws IllegalArgumentException when {@code permits} is below 1
   */
  public void resize(int permits) {
    queue.resize(Names.atLeastOne(permits, "permits"));
  }

  /**
   * Hands out no more permits: those who wait, and those who come later, get a {@link
   * ClosedException}. Permits that are out may still be returned. A semaphore that is no longer
   * needed does not have to be closed.
   */
  public void close() {
    queue.shut();
  }

  public boolean isClosed() {
    return queue.isShut();
  }

  /** Permits and waiters at one moment. */
  public Statistics statistics() {
    PermitQueue.Snapshot now = queue.snapshot();
    return new Statistics((int) now.limit(), (int) now.available(), now.waiting());
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return called()
        + "[permits "
        + now.taken()
        + "/"
        + now.permits()
        + ", waiting "
        + now.waiting()
        + (isClosed() ? ", closed]" : "]");
  }

  /** Takes permits; false when the deadline passed first. */
  private boolean take(int count, long deadline) throws InterruptedException {
    Answer answer = queue.ask(count, deadline);
    return answer == Answer.GRANTED || explain(answer, count);
  }

  private boolean explain(Answer answer, int count) {
    if (answer == Answer.SHUT) {
      throw new ClosedException(called());
    }
    if (answer == Answer.TOO_MANY) {
      throw new TooFewPermitsException(called(), count, (int) queue.limit());
    }
    return false;
  }

  private Awaited awaited() {
    PermitQueue.Snapshot now = queue.snapshot();
    return Awaited.of("semaphore").named(name).in(now.inWords(now.limit()));
  }

  private String called() {
    return Names.of("AsyncSemaphore", name);
  }

  private int checked(int count) {
    long permits = queue.limit();
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
   * @param available how many are free; below zero while more are out than a resize has left
   * @param waiting how many tasks wait
   */
  public record Statistics(int permits, int available, int waiting) {

    /** How many are out. */
    public int taken() {
      return permits - available;
    }
  }
}
