package dev.tandem.ssh;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What lies under the wrappers of others. */
final class Failures {

  private Failures() {}

  /** The failure inside the wrappers that futures put around it. */
  static Throwable root(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof ExecutionException || inner instanceof CompletionException) {
      Throwable cause = inner.getCause();
      if (cause == null) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }

  /** The message of a failure, or its type when it has none. */
  static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
