package dev.tandem.testing;

/** Of the orders in which a program was run, one made it fail; the cause tells how. */
public final class SeedFailedError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final long seed;

  SeedFailedError(long seed, int seeds, Throwable cause) {
    super(
        "seed "
            + seed
            + ", one of "
            + seeds
            + ", made it fail: "
            + cause
            + "; VirtualTime.seed("
            + seed
            + ").run(...) does so again",
        cause);
    this.seed = seed;
  }

  /** The seed of the order in which it failed. */
  public long seed() {
    return seed;
  }
}
