package dev.tandem;

/**
 * The current task, or a scope it is inside of, was cancelled. It is an {@link
 * InterruptedException}, so code that lets interrupts through lets cancellation through. Every
 * further wait in the cancelled scope throws it again: swallowing one does not lose it.
 */
public final class CancelledException extends InterruptedException {

  private static final long serialVersionUID = 1L;

  private final transient Cancellation cancellation;

  CancelledException(Cancellation cancellation) {
    super("cancelled: " + cancellation);
    this.cancellation = cancellation;
    initCause(cancellation.cause());
  }

  /** Why, and who asked. */
  public Cancellation cancellation() {
    return cancellation;
  }
}
