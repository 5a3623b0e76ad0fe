package dev.tandem.internal;

/**
 * When things happened to one thread, on the clock of its runtime. Kept only when it was asked for:
 * for each task it would be memory, and for each wait a look at the clock.
 */
public final class Moments {

  private static final long NOT = -1;

  // Volatile: switched by any thread, for what begins after that.
  private static volatile boolean kept = Boolean.getBoolean("tandem.inspect.times");

  // Volatile: written by the thread itself, read by whoever looks.
  private volatile long began;
  private volatile long waits = NOT;

  Moments(long now) {
    began = now;
  }

  /** Whether those of tasks that begin from now on are kept. */
  public static void keep(boolean newKept) {
    if (newKept) {
      InspectionSwitch.require();
    }
    kept = newKept;
  }

  public static boolean areKept() {
    return !InspectionSwitch.OFF && kept;
  }

  void begins(long now) {
    began = now;
  }

  /** How long ago it began. */
  long age(long now) {
    return Math.max(0, now - began);
  }

  void beginsToWait(long now) {
    waits = now;
  }

  /** How long it has waited. */
  long waitsFor(long now) {
    long since = waits;
    return since == NOT ? TreeNode.UNKNOWN : Math.max(0, now - since);
  }
}
