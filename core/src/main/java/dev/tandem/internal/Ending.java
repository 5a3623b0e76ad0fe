package dev.tandem.internal;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a program in virtual time is ended before its time. Guarded by the lock of its runtime. */
final class Ending {

  /*
   * Whoever made the runtime is told, and cancels the program. Who still waits when time cannot go
   * on once more is interrupted, a few times: waits that take no notice of cancellation may end by
   * that.
   */

  private static final int MOST_INTERRUPTS = 8;

  private final long horizon;
  private final Consumer<VirtualRuntime.Stop> onStop;
  private VirtualRuntime.@Nullable Stop why;
  private int interrupts;

  Ending(long horizon, Consumer<VirtualRuntime.Stop> onStop) {
    this.horizon = horizon;
    this.onStop = onStop;
  }

  /** Why it was ended; null if it was not. */
  VirtualRuntime.@Nullable Stop why() {
    return why;
  }

  /** True when time goes no further than this; while a program is being ended it may. */
  boolean isBeyond(long time) {
    return time > horizon && why == null;
  }

  /** What is to be done to end it, for the first who asks; null for others. */
  @Nullable Runnable begin(VirtualRuntime.Stop reason) {
    if (why != null) {
      return null;
    }
    why = reason;
    return () -> onStop.accept(reason);
  }

  /** What is to be done as time cannot go on; null when all has been done. */
  @Nullable Runnable next(VirtualRuntime.Stop reason, Set<Waiter> waiting) {
    if (why == null) {
      return begin(reason);
    }
    if (waiting.isEmpty() || interrupts == MOST_INTERRUPTS) {
      return null;
    }
    interrupts++;
    List<Waiter> all = List.copyOf(waiting);
    return () -> all.forEach(Waiter::interrupted);
  }
}
