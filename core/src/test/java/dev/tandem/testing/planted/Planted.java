package dev.tandem.testing.planted;

import dev.tandem.TaskGroup;
import java.util.List;
import java.util.function.Supplier;

/**
 * A program with a bug that shows in some orders only, and the same one without it.
 *
 * @param <T> the part of the program that is wrong or right
 */
abstract class Planted<T> {

  private final String name;
  private final Supplier<? extends T> wrong;
  private final Supplier<? extends T> right;

  /**
   * @param name what the bug is called
   */
  Planted(String name, Supplier<? extends T> wrong, Supplier<? extends T> right) {
    this.name = name;
    this.wrong = wrong;
    this.right = right;
  }

  /** The program around {@code part}; its tasks may be children of {@code group}. */
  abstract void program(TaskGroup group, T part) throws Exception;

  /** Fails in some orders, and not in the order in which tasks become able to run. */
  final void wrong(TaskGroup group) throws Exception {
    program(group, wrong.get());
  }

  /** Never fails. */
  final void right(TaskGroup group) throws Exception {
    program(group, right.get());
  }

  @Override
  public final String toString() {
    return name;
  }

  static List<Planted<?>> all() {
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
