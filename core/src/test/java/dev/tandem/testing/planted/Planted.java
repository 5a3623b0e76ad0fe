package dev.tandem.testing.planted;

import dev.tandem.TaskGroup;
import java.util.List;

/** A program with a bug that shows in some orders only, and the same one without it. */
interface Planted {

  /** What the bug is called. */
  String name();

  /** Fails in some orders, and not in the order in which tasks become able to run. */
  void wrong(TaskGroup group) throws Exception;

  /** Never fails. */
  void right(TaskGroup group) throws Exception;

  static List<Planted> all() {
    return List.of(
        new LostWakeUp(),
        new CheckThenAct(),
        new DoubleRelease(),
        new PermitLeakOnCancel(),
        new MissedCancel(),
        new DeadlockByLockOrder(),
        new UnfairBarging(),
        new TimerRace(),
        new DoubleClose(),
        new ItemLostOnCancelledTake());
  }
}
