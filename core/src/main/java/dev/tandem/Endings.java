package dev.tandem;

import dev.tandem.internal.Context;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Tells a failure from the answer to a cancellation. */
final class Endings {

  private Endings() {}

  /**
   * True when code in a cancelled scope threw {@code thrown} because it was cancelled. Foreign code
   * turns an interrupt into exceptions of all kinds, so after one was sent every exception counts;
   * an error is never an answer, nor are the failures of a group.
   */
  static boolean acknowledges(
      Throwable thrown, boolean cancelled, boolean interruptSent, Context context) {
    return cancelled
        && !context.isFromOutside(thrown)
        && (thrown instanceof InterruptedException
            || (interruptSent
                && thrown instanceof Exception
                && !(thrown instanceof TaskGroupException)));
  }

  /** True for an exception that says nothing but that a blocking call was interrupted. */
  static boolean isMereInterrupt(Throwable thrown) {
    int depth = 0;
    for (Throwable link = thrown; link != null && depth < 16; link = causeOf(link), depth++) {
      if (link instanceof DeadlineExceededException) {
        // A failure of its own, though an interrupt was its means.
        return false;
      }
      if (link instanceof InterruptedException
          || link instanceof InterruptedIOException
          || link instanceof ClosedByInterruptException
          || (link instanceof SocketException && "Closed by interrupt".equals(link.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /** The cause of {@code thrown}; null when asking for it fails, for it may be anybody's code. */
  static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable speechless) {
      return null;
    }
  }

  /** Rethrows as itself what a generic signature has already declared. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
