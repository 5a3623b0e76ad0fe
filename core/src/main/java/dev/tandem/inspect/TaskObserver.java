package dev.tandem.inspect;

import dev.tandem.Cancellation;
import dev.tandem.TaskState;
import java.time.Duration;
import java.util.Optional;

/**
 * Told what tasks do while they do it: Trio's {@code Instrument}, and with it what that one lacks:
 * scopes, what a wait is for, and who asked for a cancellation.
 *
 * <pre>{@code
 * var starts = new TaskObserver() {
 *   @Override
 *   public void taskStarted(Duration at, ObservedTask task) {
 *     println(at + " " + task.path());
 *   }
 * };
 * try (var observation = Observation.of(starts)) { … }
 * }</pre>
 *
 * <p>A task is what a group started, an item of a gather, work on a thread of an {@link
 * dev.tandem.Offload}, or a thread of somebody else's, such as the program's first, from the
 * outermost scope it enters until it leaves that. Each {@code at} is a time on the clock of the
 * tasks, in virtual time a virtual one; only differences between two of them say anything.
 *
 * <p>The methods do nothing unless they are overridden. They are called on the thread that does
 * what is told, at that moment, by many threads at once; only a cancellation by a deadline is told
 * by another thread, and may be told a little late. No lock of Tandem is held. What an observer
 * does takes the program's time, so it should be quick. The thread may be interrupted: whoever
 * writes to a channel or waits does that on a thread of its own.
 *
 * <p>What an observer throws harms nobody: the first is told to the log of the name {@code
 * dev.tandem.inspect}. What its own thread does meanwhile is not told to it.
 */
public interface TaskObserver {

  /** Somebody starts a task; on the thread that does. */
  default void taskSpawned(Duration at, ObservedTask task) {}

  /** The task begins to run. One that was cancelled before does not. */
  default void taskStarted(Duration at, ObservedTask task) {}

  /** The task waits in an operation of Tandem. */
  default void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {}

  /** A wait is over; the task goes on, or what it waited in throws. */
  default void waitEnded(Duration at, ObservedTask task, ObservedWait wait, WaitEnd end) {}

  /**
   * The task has ended.
   *
   * @param end {@code SUCCEEDED}, {@code FAILED} or {@code CANCELLED}
   * @param thrown what it threw, if it did
   */
  default void taskEnded(
      Duration at, ObservedTask task, TaskState end, Optional<Throwable> thrown) {}

  /** A thread enters a group, a gather, a timeout or a shield, or an iterator with tasks begins. */
  default void scopeOpened(Duration at, ObservedScope scope) {}

  /** A scope is left: nothing of it runs any more. */
  default void scopeClosed(Duration at, ObservedScope scope) {}

  /** Somebody cancels a scope, or a task, that had not been cancelled before. */
  default void cancelAsked(Duration at, ObservedScope scope, Cancellation why) {}
}
