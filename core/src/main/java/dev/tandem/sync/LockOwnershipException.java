package dev.tandem.sync;

/**
 * Something that only the owner of a lock may do was tried by somebody else; or the owner has ended
 * without giving the lock back, and nobody can have it any more.
 */
public final class LockOwnershipException extends IllegalMonitorStateException {

  private static final long serialVersionUID = 1L;

  LockOwnershipException(String message) {
    super(message);
  }
}
