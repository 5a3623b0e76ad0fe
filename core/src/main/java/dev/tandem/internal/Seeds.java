package dev.tandem.internal;

import java.util.Random;

/** Chance for tests: the same seed gives the same choices. */
public final class Seeds {

  private Seeds() {}

  /**
   * Chance from a seed. A {@link Random} takes its first choices from the upper bits of what it was
   * given, which are the same in all small numbers: so seeds are stirred before, or a hundred of
   * them would begin with one and the same choice.
   */
  public static Random random(long seed) {
    long stirred = seed + 0x9E3779B97F4A7C15L;
    stirred = (stirred ^ (stirred >>> 30)) * 0xBF58476D1CE4E5B9L;
    stirred = (stirred ^ (stirred >>> 27)) * 0x94D049BB133111EBL;
    return new Random(stirred ^ (stirred >>> 31));
  }
}
