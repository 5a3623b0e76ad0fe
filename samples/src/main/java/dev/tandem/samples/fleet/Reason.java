package dev.tandem.samples.fleet;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.TimeoutException;

/** Why something failed, in one line. */
final class Reason {

  private Reason() {}

  static String of(Throwable failure) {
    String message =
        switch (failure) {
          case AccessDeniedException _ -> "permission denied";
          case NoSuchFileException _ -> "no such file or directory";
          case FileAlreadyExistsException _ -> "there is a file of that name";
          case NotDirectoryException _ -> "not a directory";
          case FileSystemException file when file.getReason() != null -> file.getReason();
          default -> failure.getMessage();
        };
    String text = message == null || message.isBlank() ? failure.getClass().getName() : message;
    return text.strip().lines().findFirst().orElse(text);
  }

  /** True when some deadline passed, whoever reports it. */
  static boolean isTimeout(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof TimeoutException
          || link.getClass().getSimpleName().endsWith("TimeoutException")) {
        return true;
      }
    }
    return false;
  }
}
