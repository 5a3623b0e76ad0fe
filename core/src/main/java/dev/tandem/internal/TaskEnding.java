package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** How a task ended, for those who look on. */
public enum TaskEnding {
  RETURNED,
  FAILED,
  STOPPED;

  /** The end of a task that threw {@code thrown}, or, null, returned. */
  static TaskEnding of(Fiber task, @Nullable Throwable thrown, boolean interruptSent) {
    if (thrown == null) {
      return RETURNED;
    }
    if (task.ownCause() == null) {
      return FAILED;
    }
    try {
      return Backstage.get().acknowledges(thrown, true, interruptSent, task.context)
          ? STOPPED
          : FAILED;
    } catch (Throwable ofTheException) {
      // It is foreign code too.
      return FAILED;
    }
  }
}
