package dev.tandem.sync;

/** A barrier was broken or reset while somebody waited at it, or is broken. */
public final class BarrierBrokenException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  BarrierBrokenException(String message) {
    super(message);
  }
}
