package dev.tandem.sync;

import java.math.BigInteger;

/** What a rate limiter reckons with; used under its lock. */
final class TokenBucket {

  /*
   * The bucket was full at one moment, and so many tokens have been taken since: this gives every
   * later moment without rounding, for a token comes every nanos / permits, a fraction that is
   * multiplied first and rounded up last. When the bucket is full again, that moment is the new one
   * to count from, which keeps the numbers small.
   *
   * With spacing, what is taken is paid for afterwards: one is let through when all before it have
   * been paid for.
   */

  private final int permits;
  private final long nanos;
  private final int burst;
  private final boolean spaced;

  // Full before all times, so that it does not matter which clock it will be used on.
  private long fullAt = Long.MIN_VALUE;
  private long taken;

  TokenBucket(int permits, long nanos, int burst, boolean spaced) {
    this.permits = permits;
    this.nanos = nanos;
    this.burst = burst;
    this.spaced = spaced;
  }

  int burst() {
    return burst;
  }

  boolean isSpaced() {
    return spaced;
  }

  /** When {@code weight} more may be taken, after {@code before} others. */
  long due(long before, int weight) {
    long needed = taken + before + (spaced ? 0 : weight - (long) burst);
    return plus(fullAt, timeFor(needed));
  }

  /**
   * Takes tokens that are due.
   *
   * @param grace how much longer than that it may be full already without the time being lost
   */
  void take(int weight, long now, long grace) {
    long fullAgain = plus(fullAt, timeFor(taken));
    long lost = grace == 0 ? 0 : Math.max(grace, timeFor(1));
    if (fullAgain <= now - lost) {
      fullAt = now;
      taken = 0;
    }
    taken += weight;
  }

  /** How many may be taken at once now. */
  int tokens(long now) {
    if (plus(fullAt, timeFor(taken)) <= now) {
      return burst;
    }
    long come =
        BigInteger.valueOf(now - fullAt)
            .multiply(BigInteger.valueOf(permits))
            .divide(BigInteger.valueOf(nanos))
            .longValue();
    return (int) Math.max(0, burst - taken + come);
  }

  /** The nanoseconds in which so many tokens come, rounded up. */
  private long timeFor(long tokens) {
    if (tokens <= 0) {
      return 0;
    }
    // tokens * nanos / permits, in parts none of which overflows unless the result does.
    long whole = nanos / permits;
    long rest = nanos % permits;
    long restTime = tokens / permits * rest + ceil(tokens % permits * rest, permits);
    return plus(times(tokens, whole), restTime);
  }

  private static long ceil(long dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static long times(long tokens, long whole) {
    return Math.multiplyHigh(tokens, whole) == 0 && tokens * whole >= 0
        ? tokens * whole
        : Long.MAX_VALUE;
  }

  private static long plus(long moment, long time) {
    long sum = moment + time;
    return moment > 0 && sum < 0 ? Long.MAX_VALUE : sum;
  }
}
