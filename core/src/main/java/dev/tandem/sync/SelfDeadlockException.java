package dev.tandem.sync;

/**
 * The owner of a lock that is not reentrant asked for it again, and would have waited for itself.
 */
public final class SelfDeadlockException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  SelfDeadlockException(String lock, String owner) {
    super(
        owner
            + " holds "
            + lock
            + " already and would wait for itself; use AsyncLock.reentrant(), or do not lock it"
            + " again");
  }
}
