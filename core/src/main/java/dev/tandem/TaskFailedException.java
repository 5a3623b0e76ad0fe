package dev.tandem;

import org.jspecify.annotations.Nullable;

/** A task had failed. The message begins with the task's path; the failure itself is the cause. */
public final class TaskFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final Throwable failure;

  /** Whoever has the failure in its books already. */
  private final transient @Nullable Failures known;

  TaskFailedException(String path, Throwable failure) {
    this(path, failure, null);
  }

  TaskFailedException(String path, Throwable failure, @Nullable Failures known) {
    super(path + ": " + Words.of(failure), failure);
    this.path = path;
    this.failure = failure;
    this.known = known;
  }

  /** True when the failure is in these books, be it only counted. */
  boolean isKnownTo(Failures failures) {
    return known == failures;
  }

  /** The path of the task that failed. */
  public String path() {
    return path;
  }

  /** What the task threw; the same as the cause, and never null. */
  public Throwable failure() {
    return failure;
  }
}
