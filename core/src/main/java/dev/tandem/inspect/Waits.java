package dev.tandem.inspect;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.WaitWords;
import dev.tandem.internal.Waiter;
import java.time.Duration;
import java.util.Optional;

/** Waits of the runtime, as observers see them. */
final class Waits {

  private Waits() {}

  static ObservedWait of(Waiter waiter, long deadline) {
    Awaited awaited = WaitWords.of(waiter);
    return new ObservedWait(
        awaited.kind(),
        awaited.name(),
        awaited.state(),
        deadline == TaskRuntime.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(deadline)));
  }

  static WaitEnd end(Waiter waiter) {
    if (waiter.isSignalled()) {
      return WaitEnd.GRANTED;
    }
    if (waiter.isCancelled()) {
      return WaitEnd.CANCELLED;
    }
    return waiter.isInterrupted() ? WaitEnd.INTERRUPTED : WaitEnd.TIMED_OUT;
  }
}
