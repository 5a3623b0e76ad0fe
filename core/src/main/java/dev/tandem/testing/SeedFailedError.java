package dev.tandem.testing;

import org.jspecify.annotations.Nullable;

/** Of the orders in which a program was run, one made it fail; the cause tells how. */
public final class SeedFailedError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final long seed;

  SeedFailedError(long seed, int seeds, Throwable cause) {
    this(seed, seeds, ", made it fail: " + cause, cause);
  }

  private SeedFailedError(long seed, int seeds, String what, @Nullable Throwable cause) {
    super(
        "seed "
            + seed
            + ", one of "
            + seeds
            + what
            + "; VirtualTime.seed("
            + seed
            + ").run(...) does so again",
        cause);
    this.seed = seed;
  }

  /** For an interrupt, which may be one from outside, or what the program did. */
  static SeedFailedError ifNotFromOutside(long seed, int seeds) {
    return new SeedFailedError(seed, seeds, ", was interrupted, perhaps by itself", null);
  }

  /** The seed of the order in which it failed. */
  public long seed() {
    return seed;
  }
}
