package dev.tandem.flow;

import dev.tandem.internal.Waiter;
import java.util.function.BooleanSupplier;

/**
 * How often those who come to a line may look again before they join it. It learns: looking that
 * was in vain makes it look less, down to hardly ever, because where thousands wait the processor
 * is needed for those who can go on.
 *
 * <p>A superclass and not a part: it is read where the cache line of the line is needed anyway.
 */
abstract class Patience {

  private static final int MOST = 64;
  private static final int TRIAL = 4;
  private static final int TRIAL_EVERY = 16;

  // Races on these are harmless: they are a guess anyway.
  private int looks;
  private int parked;

  /** How often to look now. */
  final int looks(Waiter waiter) {
    if (!waiter.maySpin()) {
      return 0;
    }
    if (looks == 0 && ++parked % TRIAL_EVERY == 0) {
      return TRIAL;
    }
    return looks;
  }

  /** Looks so often whether there is {@code enough}. */
  final void look(int times, BooleanSupplier enough) {
    for (int i = 0; i < times; i++) {
      if (enough.getAsBoolean()) {
        learn(true);
        return;
      }
      Thread.onSpinWait();
    }
    learn(enough.getAsBoolean());
  }

  private void learn(boolean successful) {
    looks = successful ? Math.min(MOST, 2 * looks + 1) : looks / 2;
  }
}
