package dev.tandem.sync;

/** Somebody waited for more permits than there are since a resize. */
public final class TooFewPermitsException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final int wanted;
  private final int permits;

  TooFewPermitsException(String semaphore, int wanted, int permits) {
    super(
        semaphore
            + " was resized to "
            + permits
            + " permits while "
            + wanted
            + " were waited for; ask for fewer, or make it larger");
    this.wanted = wanted;
    this.permits = permits;
  }

  /** How many were asked for at once. */
  public int wanted() {
    return wanted;
  }

  /** How many there are in all. */
  public int permits() {
    return permits;
  }
}
