package dev.tandem.samples.lab;

import java.time.Duration;

/**
 * What a part of the lab is like.
 *
 * @param count how many servers, each on a loopback port of its own
 * @param delay how long each takes to answer what it is asked
 * @param failureShare the share of servers that fail, from 0 to 1; which ones follows from the seed
 * @param hangShare the share of servers that accept and then never answer, from 0 to 1
 * @param seed decides which servers fail, hang, and in which way
 */
public record LabSettings(
    int count, Duration delay, double failureShare, double hangShare, long seed) {

  /** A lab without faults. */
  public static LabSettings of(int count, Duration delay) {
    return new LabSettings(count, delay, 0, 0, 1);
  }

  /** Checks what people may get wrong. */
  public LabSettings {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but was " + count);
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative, but was " + delay);
    }
    if (failureShare < 0 || hangShare < 0 || !(failureShare + hangShare <= 1)) {
      throw new IllegalArgumentException(
          "failureShare and hangShare must be 0 or more and together at most 1, but were "
              + failureShare
              + " and "
              + hangShare);
    }
  }
}
