package dev.tandem.internal;

/**
 * How often a platform thread looks whether its wait has ended, before it parks: for about as long
 * as the operating system takes to put it to sleep and to wake it, so that looking in vain at most
 * doubles what a wait costs. Where one wait after the other is long, hardly any looks. A virtual
 * thread does not, for others need its carrier; unless it is alerted.
 */
final class PlatformPatience {

  private static final int LOOKS = 256;
  private static final int LONG_WAITS = 32;
  private static final int TRIAL_EVERY = 64;

  // Races on these are harmless: they are a guess anyway. What is so already is not written again.
  private int longWaits;
  private int parked;

  /** Looks for a while whether the wait of the current thread ends. */
  void look(Waiter waiter) {
    if (Thread.currentThread().isVirtual() || !waiter.maySpin()) {
      return;
    }
    if (longWaits >= LONG_WAITS && ++parked % TRIAL_EVERY != 0) {
      return;
    }
    if (!waiter.look(LOOKS)) {
      longWaits = Math.min(longWaits + 1, LONG_WAITS);
    } else if (longWaits != 0) {
      longWaits = 0;
    }
  }
}
