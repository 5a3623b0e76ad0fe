package dev.tandem;

/**
 * A task that was awaited had been cancelled. It is no cancellation of the one who awaits, so it is
 * not a {@link CancelledException}.
 */
public final class TaskCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Cancellation cancellation;

  TaskCancelledException(String path, Cancellation cancellation) {
    super(path + " was cancelled: " + cancellation, cancellation.cause());
    this.cancellation = cancellation;
  }

  /** Why, and who asked. */
  public Cancellation cancellation() {
    return cancellation;
  }
}
