package dev.tandem.inspect;

import dev.tandem.TaskState;

/** Something that happened to a task, as a timeline keeps it: nothing here keeps a task alive. */
sealed interface Moment {

  /** Nanoseconds on the clock of the tasks. */
  long at();

  /** The task it happened to; of a scope, the one whose code is inside. */
  ObservedTask task();

  record Spawned(long at, ObservedTask task) implements Moment {}

  record Started(long at, ObservedTask task) implements Moment {}

  record WaitBegan(long at, ObservedTask task, ObservedWait resource) implements Moment {}

  record WaitEnded(long at, ObservedTask task, ObservedWait resource, WaitEnd end)
      implements Moment {}

  /**
   * The end of a task.
   *
   * @param thrown what it threw, in words; empty when it returned
   */
  record Ended(long at, ObservedTask task, TaskState end, String thrown) implements Moment {}

  /** Something about a scope. */
  sealed interface OfScope extends Moment {
    ObservedScope scope();

    @Override
    default ObservedTask task() {
      return scope().task();
    }
  }

  record Opened(long at, ObservedScope scope) implements OfScope {}

  record Closed(long at, ObservedScope scope) implements OfScope {}

  /**
   * Somebody asked for a cancellation.
   *
   * @param why the reason, and in brackets who asked
   */
  record CancelAsked(long at, ObservedScope scope, String why) implements OfScope {}
}
