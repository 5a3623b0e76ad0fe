package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * Told what tasks do, on the threads that do it, with no lock of ours held. {@link Observing} does
 * the telling: what an observer throws ends there. The times are those of the runtime's clock.
 */
public interface RuntimeObserver {

  /** A thread has entered a scope, or a group has been attached to one. */
  void opened(Scope scope, long at);

  /** A scope is about to be left, or what was attached has ended. */
  void closed(Scope scope, long at);

  /** A task is about to be started; told by whoever starts it. */
  void spawned(Fiber task, long at);

  /** A task begins. One that was cancelled before never does. */
  void started(Fiber task, long at);

  /** A task is over. */
  void ended(Fiber task, TaskEnding how, @Nullable Throwable thrown, long at);

  /** A thread is about to wait until {@code deadline} at the latest. */
  void waits(Waiter waiter, long deadline, long at);

  /** The wait is over. */
  void waited(Waiter waiter, long at);

  /**
   * Somebody cancels a scope, if nobody else is quicker.
   *
   * @return run, perhaps by another thread, once the scope is cancelled and those inside are woken
   */
  Runnable cancelAsked(Scope scope, CancelCause cause, long at);
}
