package dev.tandem.internal;

/** Why a scope was cancelled; makes the exception that says so. */
public abstract class CancelCause {

  /** A new exception for a thread that learns of the cancellation. */
  public abstract InterruptedException exception();
}
