package dev.tandem;

/**
 * The current task, or a scope it is inside of, was cancelled. It is an {@link
 * InterruptedException}, so code that lets interrupts through lets cancellation through. Every
 * further wait in the cancelled scope throws it again: swallowing one does not lose it.
 *
 * <p>It has a stack trace where somebody will see it: where a scope inside a task was cancelled, as
 * by a timeout, or the body of a group. When a whole task is cancelled it ends with the task and
 * has none, because with many tasks the traces cost more than all the rest; the system property
 * {@code tandem.cancel.traces=true} gives it one too.
 */
public final class CancelledException extends InterruptedException {

  private static final long serialVersionUID = 1L;

  private final Cancellation cancellation;
  private final boolean traced;

  CancelledException(String message, Cancellation cancellation, boolean traced) {
    // Before the superclass fills in the trace.
    this.traced = traced;
    super(message);
    this.cancellation = cancellation;
    initCause(cancellation.cause());
  }

  /** Why, and who asked. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Nothing for an exception that ends with its task; see above. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the superclass locks if it has to
  public Throwable fillInStackTrace() {
    return traced ? super.fillInStackTrace() : this;
  }
}
