package dev.tandem.testing;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Durations;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What happens to bytes on their way in one direction of a {@link MemoryConnection}.
 *
 * <pre>{@code
 * StreamFaults slow = StreamFaults.none().split(1).delay(ofMillis(40)).stallAfter(10, ofSeconds(3));
 * StreamFaults broken = StreamFaults.none().resetAfter(100);
 * }</pre>
 *
 * <p>Durations pass on the clock of the tasks that read and write, so in virtual time they cost
 * nothing and are exact. Bytes are counted from the start of the connection. A value of this type
 * is immutable and may be used again; chance starts anew with each connection.
 */
public final class StreamFaults {

  private static final StreamFaults NONE =
      new StreamFaults(
          Split.NONE, 0, Trickle.NONE, Defaults.BUFFER, List.of(), Long.MAX_VALUE, Long.MAX_VALUE);

  final Split split;
  final long delay;
  final Trickle trickle;
  final int buffer;
  final List<Stall> stalls;
  final long resetAfter;
  final long endAfter;

  private StreamFaults(
      Split split,
      long delay,
      Trickle trickle,
      int buffer,
      List<Stall> stalls,
      long resetAfter,
      long endAfter) {
    this.split = split;
    this.delay = delay;
    this.trickle = trickle;
    this.buffer = buffer;
    this.stalls = stalls;
    this.resetAfter = resetAfter;
    this.endAfter = endAfter;
  }

  /** How many bytes one read gives: at most so many, or any number up to that. */
  record Split(int most, boolean random, long seed) {
    static final Split NONE = new Split(Integer.MAX_VALUE, false, 0);
  }

  /** So many bytes at once, and a pause behind them. */
  record Trickle(int bytes, long every) {
    static final Trickle NONE = new Trickle(Integer.MAX_VALUE, 0);
  }

  /** What comes after so many bytes comes later. */
  record Stall(long after, long nanos) {}

  /**
   * Bytes come at once, in order, all of them. A read gives everything that is there, whatever
   * writes it came from. 64 KiB may be on the way; then the writer waits for the reader.
   */
  public static StreamFaults none() {
    return NONE;
  }

  /**
   * A read gives at most so many bytes at once, as a network may do. With 1 every byte comes alone.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public StreamFaults split(int bytes) {
    return with(new Split(atLeastOne(bytes, "bytes"), false, 0));
  }

  /**
   * A read gives from 1 to so many bytes at once, by chance; the same seed splits the same way.
   *
   * @throws IllegalArgumentException when {@code most} is below 1
   */
  public StreamFaults splitAtRandom(long seed, int most) {
    return with(new Split(atLeastOne(most, "most"), true, seed));
  }

  /**
   * Each byte is on its way for so long.
   *
   * @throws IllegalArgumentException when {@code delay} is negative
   */
  public StreamFaults delay(Duration delay) {
    long nanos = Durations.notNegative(requireNonNull(delay, "delay"), "delay");
    return new StreamFaults(split, nanos, trickle, buffer, stalls, resetAfter, endAfter);
  }

  /**
   * So many bytes come together, and the next that many not before a while has passed, as over a
   * slow line.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1, or {@code every} is not longer
   *     than zero
   */
  public StreamFaults trickle(int bytes, Duration every) {
    var slow =
        new Trickle(
            atLeastOne(bytes, "bytes"),
            Durations.positive(requireNonNull(every, "every"), "every"));
    return new StreamFaults(split, delay, slow, buffer, stalls, resetAfter, endAfter);
  }

  /**
   * Behind so many bytes nothing comes for a while, counted from when the last of them came. There
   * may be several stalls.
   *
   * @param bytes how many come before; 0 for none, counted from the first write then
   * @throws IllegalArgumentException when {@code bytes} is negative, or {@code time} is not longer
   *     than zero
   */
  public StreamFaults stallAfter(long bytes, Duration time) {
    long nanos = Durations.positive(requireNonNull(time, "time"), "time");
    return with(new Stall(notNegative(bytes), nanos));
  }

  /**
   * Behind so many bytes nothing comes any more, not even the end, and nobody is told: the peer's
   * machine has lost its power.
   *
   * @throws IllegalArgumentException when {@code bytes} is negative
   */
  public StreamFaults silentAfter(long bytes) {
    return with(new Stall(notNegative(bytes), TaskRuntime.NEVER));
  }

  /**
   * So many bytes may have been written that were not read yet; then the writer waits.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public StreamFaults buffer(int bytes) {
    atLeastOne(bytes, "bytes");
    return new StreamFaults(split, delay, trickle, bytes, stalls, resetAfter, endAfter);
  }

  /**
   * The connection breaks behind so many bytes, in both directions. Those bytes can be read; all
   * else throws {@link dev.tandem.io.ConnectionLostException}, but for the write that breaks it:
   * whoever writes learns of it the next time.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public StreamFaults resetAfter(long bytes) {
    atLeastOne(bytes, "bytes");
    return new StreamFaults(split, delay, trickle, buffer, stalls, bytes, endAfter);
  }

  /**
   * The reader finds the end of the stream behind so many bytes, wherever in a message that is.
   * Whoever writes does not notice, and what it writes is lost.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public StreamFaults endAfter(long bytes) {
    atLeastOne(bytes, "bytes");
    return new StreamFaults(split, delay, trickle, buffer, stalls, resetAfter, bytes);
  }

  private StreamFaults with(Split splits) {
    return new StreamFaults(splits, delay, trickle, buffer, stalls, resetAfter, endAfter);
  }

  private StreamFaults with(Stall stall) {
    List<Stall> all = new ArrayList<>(stalls);
    all.add(stall);
    all.sort(Comparator.comparingLong(Stall::after));
    return new StreamFaults(split, delay, trickle, buffer, List.copyOf(all), resetAfter, endAfter);
  }

  /** Whether anything comes later than it is written. */
  boolean takesTime() {
    return delay > 0 || trickle.every > 0 || !stalls.isEmpty();
  }

  private static int atLeastOne(int value, String name) {
    atLeastOne((long) value, name);
    return value;
  }

  private static void atLeastOne(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
  }

  private static long notNegative(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative, but was " + bytes);
    }
    return bytes;
  }
}
