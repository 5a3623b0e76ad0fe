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

  /** {@code ended} had the lock, and nobody can have it any more. */
  static LockOwnershipException lost(String name, Owner ended) {
    return new LockOwnershipException(
        Names.of("AsyncLock", name)
            + " belongs to "
            + ended.where()
            + ", which has ended without giving it back; nobody can have it any more. Lock in"
            + " try-with-resources, which gives it back however the block ends");
  }
}
