package dev.tandem.flow;

import dev.tandem.internal.Waiter;
import java.util.function.BooleanSupplier;

/**
 * How often one end of a queue looks again before it parks. It learns: looking that was in vain
 * makes it look less, down to hardly ever, because where thousands wait the processor is needed for
 * those who can go on.
 */
final class Patience {

  private static final int MOST = 64;
  private static final int TRIAL = 4;
  private static final int TRIAL_EVERY = 16;

  // Races on these are harmless: they are a guess anyway.
  private int looks;
  private int parked;

  /** Looks until {@code enough}, for as long as that seems worth it. */
  void look(Waiter waiter, BooleanSupplier enough) {
    int times = times(waiter);
    for (int i = 0; i < times; i++) {
      if (enough.getAsBoolean()) {
        learn(true);
        return;
      }
      Thread.onSpinWait();
    }
    if (times > 0) {
      learn(enough.getAsBoolean());
    }
  }

  private int times(Waiter waiter) {
    if (!waiter.maySpin()) {
      return 0;
    }
    if (looks == 0 && ++parked % TRIAL_EVERY == 0) {
      return TRIAL;
    }
    return looks;
  }

  private void learn(boolean successful) {
    looks = successful ? Math.min(MOST, 2 * looks + 1) : looks / 2;
  }
}
