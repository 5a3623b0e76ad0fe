package dev.tandem.testing;

/** Under virtual time, every task waited and no deadline would ever have woken one. */
public final class DeadlockException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  DeadlockException(Throwable stopped) {
    super("every task waits, and no deadline will wake one", stopped);
  }
}
