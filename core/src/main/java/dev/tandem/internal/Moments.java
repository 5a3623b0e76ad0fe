package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * When things happened to one thread, on the clock of its runtime. Kept only when it was asked for:
 * for each task it would be memory, and for each wait a look at the clock.
 */
public final class Moments {

  private static final long NOT = -1;

  // Volatile: switched by any thread, for what begins after that.
  private static volatile boolean kept = Boolean.getBoolean("tandem.inspect.times");

  private final long began;

  // Volatile: written by the thread itself, read by whoever looks.
  private volatile long waits = NOT;

  // Written by whoever cancels; the cause last, which is read first.
  private long cancelled;
  private volatile @Nullable CancelCause cause;

  private Moments(long now) {
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

  /** For somebody who begins now; null unless they are kept. */
  static @Nullable Moments begin(TaskRuntime runtime) {
    return areKept() ? new Moments(runtime.now()) : null;
  }

  long began() {
    return began;
  }

  void beginsToWait(long now) {
    waits = now;
  }

  void cancelled(CancelCause newCause, long now) {
    if (cause == null) {
      cancelled = now;
      cause = newCause;
    }
  }

  /** How long it has waited. */
  long waitsFor(long now) {
    long since = waits;
    return since == NOT ? TreeNode.UNKNOWN : Math.max(0, now - since);
  }

  /** How long ago it was cancelled for {@code which}. */
  long cancelledFor(CancelCause which, long now) {
    return cause == which ? Math.max(0, now - cancelled) : TreeNode.UNKNOWN;
  }
}
