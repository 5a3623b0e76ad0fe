package dev.tandem;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.function.Executable;

/** Loops for stress tests: short by default, long with {@code -Dtandem.stress.seconds=60}. */
public final class Stress {

  private static final double SECONDS =
      Double.parseDouble(System.getProperty("tandem.stress.seconds", "0.7"));

  /** On a single carrier a virtual thread that spins, or even yields, lets no other one run. */
  private static final boolean ONE_CARRIER =
      Integer.getInteger("jdk.virtualThreadScheduler.parallelism", 2) == 1;

  private Stress() {}

  /** Runs {@code round} again and again until the time is over. */
  public static void repeat(Executable round) throws Exception {
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    do {
      run(round);
    } while (System.nanoTime() < end);
  }

  /**
   * Runs {@code round} so many times, or fewer on a machine that is so busy that they would take
   * longer than ten seconds.
   */
  public static void repeat(int most, Executable round) throws Exception {
    long end = System.nanoTime() + 10_000_000_000L;
    int done = 0;
    do {
      run(round);
      done++;
    } while (done < most && System.nanoTime() < end);
  }

  private static void run(Executable round) throws Exception {
    try {
      round.execute();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Does nothing for a random time of at most so many microseconds. */
  public static void pause(int maxMicros) {
    long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(maxMicros * 1000L);
    while (System.nanoTime() < end) {
      if (ONE_CARRIER) {
        LockSupport.parkNanos(1);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** A random time of at most so many microseconds. */
  public static Duration micros(int max) {
    return Duration.ofNanos(1 + ThreadLocalRandom.current().nextLong(max * 1000L));
  }
}
