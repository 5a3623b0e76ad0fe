package dev.tandem.flow;

import dev.tandem.internal.Waiter;

/**
 * Whether the two who meet at a rendezvous run at the same time, each on a processor of its own.
 * Then whoever comes first looks until the other is there, which takes much less than to park. If
 * they take turns on one processor, looking keeps the other from it; now and then one of them looks
 * for longer, so that an idle processor may take the other.
 *
 * <p>A superclass and not a part: it is read just when the cache line of the spot is at hand, and
 * as another object beside it that the other changes, it would have to be fetched once more.
 */
abstract class PairPatience {

  private static final int LOOKS = 128;
  private static final int TRIAL = 512;
  private static final int FIRST_TRIAL = 128;
  private static final int LAST_TRIAL = 1 << 14;

  // Races on these are harmless: they are a guess anyway. What is so already is not written again,
  // for the other looks at it from another processor.
  private int looks;
  private int parked;
  private int nextTrial = FIRST_TRIAL;

  /** How often to look; best asked before the wait can end, while the cache line is here. */
  final int looks() {
    if (looks > 0 || ++parked < nextTrial) {
      return looks;
    }
    parked = 0;
    nextTrial = Math.min(2 * nextTrial, LAST_TRIAL);
    return TRIAL;
  }

  /** Looks so often whether the wait ends, before it parks. */
  final void look(Waiter waiter, int times) {
    if (times == 0 || !waiter.maySpin()) {
      return;
    }
    if (!waiter.look(times)) {
      looks /= 2;
    } else if (times != LOOKS) {
      // As a rule nothing is to be learned, and nothing is read here that the other has changed.
      looks = LOOKS;
      parked = 0;
      nextTrial = FIRST_TRIAL;
    }
  }
}
