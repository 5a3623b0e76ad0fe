package dev.tandem.sync;

/** Something that hands out permits was closed, and hands out no more. */
public final class ClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String closed;

  ClosedException(String closed) {
    super(
        closed + " is closed and hands out no more permits; permits taken before may be returned");
    this.closed = closed;
  }

  /** What was closed: its kind and its name. */
  public String closed() {
    return closed;
  }
}
