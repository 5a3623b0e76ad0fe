package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.ShortLock;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.WaitList;
import dev.tandem.internal.Waiter;
import java.time.Duration;

/**
 * Not too often: so many in a time, however many ask.
 *
 * <pre>{@code
 * var perSecond = RateLimiter.of(50, ofSeconds(1));
 * perSecond.acquire();
 * fetch(host);
 * }</pre>
 *
 * <p>{@link #of} is a token bucket: it fills evenly, and what has gathered in it while nobody
 * asked, at most the burst, may be taken at once. {@link #spaced} lets one through after the other,
 * with the same time between them, and lets nothing gather.
 *
 * <p>Times are exact: a rate that is no whole number of nanoseconds does not drift, and under
 * virtual time each is let through at the first nanosecond that is allowed. On a busy machine who
 * waits may be let through late; that does not push back those behind, except for what was more
 * than an interval and more than 10 milliseconds late, which is forgotten.
 *
 * <p>A limiter belongs to the clock on which it is used first; one that is shared between virtual
 * time and real time counts nonsense.
 *
 * <p><b>Fairness.</b> First come, first served, however much each asks for.
 *
 * <p><b>Cancellation.</b> An acquire that throws took nothing, and those behind it move up by as
 * much. Only the first in the queue waits for a time; the others wait for their turn. Letting
 * through happens-before the next is let through.
 */
public final class RateLimiter {

  /** How late somebody may be let through without those behind being pushed back. */
  private static final long CATCH_UP = Duration.ofMillis(10).toNanos();

  private final ShortLock lock = new ShortLock();
  private final int permits;
  private final Duration per;

  // Guarded by the lock.
  private final TokenBucket bucket;
  private final WaitList<Turn> turns = new WaitList<>();
  private long wanted;

  private RateLimiter(int permits, Duration per, int burst, boolean spaced) {
    Names.atLeastOne(permits, "permits");
    Names.atLeastOne(burst, "burst");
    long nanos = Durations.positive(requireNonNull(per, "per"), "per");
    this.permits = permits;
    this.per = per;
    this.bucket = new TokenBucket(permits, nanos, burst, spaced);
  }

  /**
   * So many in each {@code per}, all of them at once if nobody asked for as long.
   *
   * @throws IllegalArgumentException when {@code permits} is below 1 or {@code per} not above zero
   */
  public static RateLimiter of(int permits, Duration per) {
    return new RateLimiter(permits, per, permits, false);
  }

  /**
   * So many in each {@code per}, at most {@code burst} at once.
   *
   * @throws IllegalArgumentException when {@code permits} or {@code burst} is below 1, or {@code
   *     per} is not above zero
   */
  public static RateLimiter of(int permits, Duration per, int burst) {
    return new RateLimiter(permits, per, burst, false);
  }

  /**
   * One after the other, with {@code interval} between them. Who asks for several is let through
   * when one would be, and the next then waits for as many intervals.
   *
   * @throws IllegalArgumentException when {@code interval} is not above zero
   */
  public static RateLimiter spaced(Duration interval) {
    Durations.positive(requireNonNull(interval, "interval"), "interval");
    return new RateLimiter(1, interval, 1, true);
  }

  /**
   * So many in each {@code per}, one after the other with the same time between them.
   *
   * @throws IllegalArgumentException when {@code permits} is below 1 or {@code per} not above zero
   */
  public static RateLimiter spaced(int permits, Duration per) {
    return new RateLimiter(permits, per, 1, true);
  }

  /**
   * Waits until one more is allowed.
   *
   * @throws InterruptedException when cancelled or interrupted; then it does not count
   */
  public void acquire() throws InterruptedException {
    acquire(1);
  }

  /**
   * Waits until {@code weight} more are allowed.
   *
   * @throws IllegalArgumentException when {@code weight} is below 1, or more than the burst
   * @throws InterruptedException when cancelled or interrupted; then it does not count
   */
  public void acquire(int weight) throws InterruptedException {
    await(checked(weight), TaskRuntime.NEVER);
  }

  /** True when one more is allowed now and nobody waits; then it counts. */
  public boolean tryAcquire() {
    return tryAcquire(1);
  }

  /**
   * True when {@code weight} more are allowed now and nobody waits; then they count.
   *
   * @throws IllegalArgumentException when {@code weight} is below 1, or more than the burst
   */
  public boolean tryAcquire(int weight) {
    checked(weight);
    lock.lock();
    try {
      return takeNow(weight, Context.currentRuntime().now());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until one more is allowed, if that will be within {@code atMost}.
   *
   * @return false, without a wait, when it will not
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws InterruptedException when cancelled or interrupted; then it does not count
   */
  public boolean tryAcquire(Duration atMost) throws InterruptedException {
    return tryAcquire(1, atMost);
  }

  /**
   * Waits until {@code weight} more are allowed, if that will be within {@code atMost}.
   *
   * @return false, without a wait, when it will not
   * @throws IllegalArgumentException when {@code weight} is below 1, or more than the burst, or
   *     {@code atMost} is not longer than zero
   * @throws InterruptedException when cancelled or interrupted; then it does not count
   */
  public boolean tryAcquire(int weight, Duration atMost) throws InterruptedException {
    checked(weight);
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    return await(weight, Durations.after(Context.currentRuntime().now(), nanos));
  }

  /** What is allowed, and those who wait, at one moment. */
  public Statistics statistics() {
    lock.lock();
    try {
      long now = Context.currentRuntime().now();
      long due = bucket.due(wanted, 1);
      return new Statistics(
          bucket.tokens(now), turns.size(), wanted, Duration.ofNanos(due <= now ? 0 : due - now));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return "RateLimiter["
        + permits
        + (bucket.isSpaced() ? " spaced over " : " in ")
        + per
        + ", available "
        + now.available()
        + ", waiting "
        + now.waiting()
        + "]";
  }

  private boolean await(int weight, long deadline) throws InterruptedException {
    Parking.checkpoint();
    Turn turn = new Turn(weight);
    boolean first;
    lock.lock();
    try {
      long now = Context.currentRuntime().now();
      if (takeNow(weight, now)) {
        return true;
      }
      if (bucket.due(wanted, weight) > deadline) {
        return false;
      }
      first = turns.isEmpty();
      turns.append(turn);
      wanted += weight;
    } finally {
      lock.unlock();
    }
    boolean taken = false;
    try {
      taken = (first || Parking.await(turn, deadline)) && collect(turn, deadline);
      return taken;
    } finally {
      if (!taken) {
        leave(turn);
      }
    }
  }

  /** The first in the queue waits until it is time. */
  private boolean collect(Turn turn, long deadline) throws InterruptedException {
    while (true) {
      long due;
      lock.lock();
      try {
        long now = Context.currentRuntime().now();
        due = bucket.due(0, turn.weight);
        if (due <= now) {
          bucket.take(turn.weight, now, CATCH_UP);
          depart(turn);
          return true;
        }
      } finally {
        lock.unlock();
      }
      if (due > deadline) {
        return false;
      }
      Parking.await(new Due(turn.weight), due);
    }
  }

  private Awaited awaited(int weight) {
    Statistics now = statistics();
    return Awaited.of("rate limiter")
        .in(
            "wants "
                + weight
                + " of "
                + now.wanted()
                + " asked for, "
                + now.waiting()
                + " waiting");
  }

  private void leave(Turn turn) {
    lock.lock();
    try {
      depart(turn);
    } finally {
      lock.unlock();
    }
  }

  // The rest is called with the lock held.

  private boolean takeNow(int weight, long now) {
    if (!turns.isEmpty() || bucket.due(0, weight) > now) {
      return false;
    }
    bucket.take(weight, now, 0);
    return true;
  }

  private void depart(Turn turn) {
    boolean wasFirst = turns.first() == turn;
    turns.remove(turn);
    wanted -= turn.weight;
    Turn next = turns.first();
    if (wasFirst && next != null) {
      // If that one has just given up, it comes here itself.
      next.signal();
    }
  }

  private int checked(int weight) {
    if (bucket.isSpaced()) {
      return Names.atLeastOne(weight, "weight");
    }
    if (weight < 1 || weight > bucket.burst()) {
      throw new IllegalArgumentException(
          "weight must be from 1 to " + bucket.burst() + ", the burst, but was " + weight);
    }
    return weight;
  }

  /** A wait for being the first. */
  private final class Turn extends WaitList.Entry {
    final int weight;

    Turn(int weight) {
      this.weight = weight;
    }

    @Override
    protected Awaited awaited() {
      return RateLimiter.this.awaited(weight);
    }
  }

  /** A wait of the first for its time. */
  private final class Due extends Waiter {
    private final int weight;

    Due(int weight) {
      this.weight = weight;
    }

    @Override
    protected Awaited awaited() {
      return RateLimiter.this.awaited(weight);
    }
  }

  /**
   * A consistent view of a rate limiter.
   *
   * @param available how many are allowed now, but for those who wait
   * @param waiting how many tasks wait
   * @param wanted how much they want together
   * @param delay how long somebody who came now would have to wait for one
   */
  public record Statistics(int available, int waiting, long wanted, Duration delay) {}
}
