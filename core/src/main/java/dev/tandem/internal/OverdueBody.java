package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * Looks, some time after a scope was cancelled, whether its thread has left it. Those who wait for
 * a group tell of its children; this tells of code that nobody waits for: a body, or a task that
 * was cancelled alone.
 */
final class OverdueBody implements Runnable {

  /*
   * The thread leaves its scope and then looks for a timer to cancel; whoever arms the timer makes
   * it known and then looks whether the scope was left. One of them sees the other.
   */

  private final Scope scope;
  private final TaskRuntime runtime;
  private final Stragglers stragglers;

  // Volatile: written by whoever arms, read by the thread that leaves the scope.
  private volatile TaskRuntime.@Nullable Timer timer;

  private OverdueBody(Scope scope, CancelCause cause) {
    this.scope = scope;
    runtime = scope.context.runtime();
    stragglers = new Stragglers(runtime, cause, Group.graceAround(scope));
  }

  /** Has {@code scope}, which was cancelled just now, looked after until it is left. */
  static void watch(Scope scope, CancelCause cause) {
    if (scope.isInhabited()) {
      var overdue = new OverdueBody(scope, cause);
      scope.attachments().lookedAfterBy(overdue);
      overdue.lookLater();
    }
  }

  /** The scope has been left. */
  void stop() {
    TaskRuntime.Timer armed = timer;
    if (armed != null) {
      armed.cancel();
    }
  }

  private void lookLater() {
    TaskRuntime.Timer armed = runtime.scheduleInBackground(stragglers.nextReport(), this);
    timer = armed;
    if (!scope.isInhabited()) {
      armed.cancel();
    }
  }

  /** Runs on the thread of the timers, which must not wait for a gate or for a logger. */
  @Override
  public void run() {
    Errands.run(this::look);
  }

  private void look() {
    if (!scope.isInhabited()) {
      return;
    }
    boolean overdue = scope.isOverdue() || !scope.overdueChildren().isEmpty();
    if (!overdue || !isTold()) {
      stragglers.putOff();
      lookLater();
    }
  }

  /** Has a thread of its own tell the log; false when there is none to be had, for now. */
  private boolean isTold() {
    try {
      runtime.start(runtime.newThread(this::tell));
      return true;
    } catch (Throwable noThread) {
      return false;
    }
  }

  private void tell() {
    try {
      try {
        stragglers.report(scope);
      } finally {
        lookLater();
      }
    } finally {
      runtime.ended();
    }
  }
}
