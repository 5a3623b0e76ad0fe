package dev.tandem.internal;

/**
 * Whether to alert who is next in a line, as soon as the one before it has its turn. Then the next
 * thread has a carrier by the time its turn comes, and what is handed over need not wait for that.
 * It pays where turns are short. Where they are not, the thread is mounted for nothing, so what was
 * in vain weighs more than what was in time, and a line where it is in vain is tried only now and
 * then.
 */
final class Alerting {

  /** How often who was alerted looks before it parks again. */
  static final int LOOKS = 64;

  private static final int IN_TIME = -2;
  private static final int IN_VAIN = 16;
  private static final int ENOUGH = 32;
  private static final int MOST = 64;
  private static final int TRIAL_EVERY = 64;

  // Races on these are harmless: they are a guess anyway. Not written where all is in time.
  private int regret;
  private int passed;

  /** Another one had its turn, and {@code next} will be next. */
  void turnBefore(Waiter next) {
    if (next.mayBeAlerted() && (regret < ENOUGH || ++passed % TRIAL_EVERY == 0)) {
      next.alert();
    }
  }

  /** The wait is over, by its turn or otherwise. */
  void ended(Waiter waiter) {
    if (waiter.wasAlertedInVain()) {
      regret = Math.min(MOST, regret + IN_VAIN);
    } else if (regret > 0 && waiter.wasAlertedInTime()) {
      regret = Math.max(0, regret + IN_TIME);
    }
  }
}
