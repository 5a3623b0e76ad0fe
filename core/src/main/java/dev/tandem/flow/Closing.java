package dev.tandem.flow;

import dev.tandem.Action;
import dev.tandem.Tandem;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The closing of several things one after the other: one that fails does not keep others open. */
final class Closing {

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  /** Closes something that is the user's: cancellation waits until it is done. */
  void shielded(Action<? extends Exception> close) {
    // An interrupt of before would cut this one short.
    boolean interrupted = Thread.interrupted();
    try {
      Tandem.<RuntimeException>shield(() -> run(close));
    } catch (InterruptedException cancelled) {
      // The close was tried; the next wait tells of the cancellation.
      interrupted = true;
    } catch (Throwable failure) {
      add(failure);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void add(Throwable failure) {
    if (!first.compareAndSet(null, failure)) {
      attach(first.get(), failure);
    }
  }

  /** What failed, the first with the others suppressed; it is given out once. */
  @Nullable Throwable take() {
    return first.getAndSet(null);
  }

  /** Adds {@code later} to what {@code first} brings along. */
  static void attach(@Nullable Throwable first, @Nullable Throwable later) {
    if (first != null && later != null && first != later) {
      first.addSuppressed(later);
    }
  }

  private void run(Action<? extends Exception> close) {
    try {
      close.run();
    } catch (Throwable failure) {
      add(failure);
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
