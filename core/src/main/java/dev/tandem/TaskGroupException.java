package dev.tandem;

import java.util.List;

/**
 * One or more children of a group failed. The cause is the first failure; the others are suppressed
 * exceptions, each labelled with the path of its task. Of very many only the first are kept, and
 * {@link #failureCount} tells how many there were.
 */
public final class TaskGroupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int failureCount;
  private final TaskFailedException[] failures;

  TaskGroupException(String group, List<TaskFailedException> failures, int failureCount) {
    super(message(group, failures, failureCount), failures.getFirst().failure());
    this.failureCount = failureCount;
    this.failures = failures.toArray(TaskFailedException[]::new);
    failures.stream().skip(1).forEach(this::addSuppressed);
  }

  /** The failures that were kept, in the order in which they happened. */
  public List<TaskFailedException> failures() {
    return List.of(failures);
  }

  /** How many tasks failed, those included that are not in {@link #failures}. */
  public int failureCount() {
    return failureCount;
  }

  private static String message(String group, List<TaskFailedException> failures, int count) {
    String first = failures.getFirst().getMessage();
    return count == 1
        ? group + " failed: " + first
        : group + " had " + count + " failures, first: " + first;
  }
}
