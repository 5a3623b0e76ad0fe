package dev.tandem;

/** A task had failed. The message begins with the task's path; the failure itself is the cause. */
public final class TaskFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final Throwable failure;

  TaskFailedException(String path, Throwable failure) {
    super(path + ": " + Words.of(failure), failure);
    this.path = path;
    this.failure = failure;
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
