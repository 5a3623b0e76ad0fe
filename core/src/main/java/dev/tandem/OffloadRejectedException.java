package dev.tandem;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Work was to be offloaded to a place that takes no more; it has not begun and will not. */
public final class OffloadRejectedException extends RejectedExecutionException {

  private static final long serialVersionUID = 1L;

  OffloadRejectedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
