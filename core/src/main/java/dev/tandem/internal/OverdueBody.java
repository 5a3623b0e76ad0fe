package dev.tandem.internal;

import java.lang.ref.WeakReference;

/**
 * Looks, some time after a scope was cancelled, whether its thread has left it. Those who wait for
 * a group tell of its children; this tells of code that nobody waits for: a body, or a task that
 * was cancelled alone.
 */
final class OverdueBody implements Runnable {

  /*
   * The scope is held weakly and forgets nothing when it is left: many are cancelled, nearly all
   * are left at once, and none should pay for the few that are not.
   */

  private final WeakReference<Scope> scope;
  private final TaskRuntime runtime;
  private final Stragglers stragglers;

  private OverdueBody(Scope scope, CancelCause cause) {
    this.scope = new WeakReference<>(scope);
    runtime = scope.context.runtime();
    stragglers = new Stragglers(runtime, cause, Group.graceAround(scope));
  }

  /** Has {@code scope}, which was cancelled just now, looked after. */
  static void watch(Scope scope, CancelCause cause) {
    new OverdueBody(scope, cause).wait(scope);
  }

  private void wait(Scope overdue) {
    if (overdue.isInhabited()) {
      runtime.schedule(stragglers.nextReport(), this);
    }
  }

  /** Runs on the thread of the timers, which must not wait for a logger. */
  @Override
  public void run() {
    Scope overdue = scope.get();
    if (overdue == null) {
      return;
    }
    if (overdue.isOverdue()) {
      runtime.start(runtime.newThread(this::tell));
    } else {
      stragglers.putOff();
      wait(overdue);
    }
  }

  private void tell() {
    try {
      Scope overdue = scope.get();
      if (overdue != null) {
        try {
          stragglers.report(overdue);
        } finally {
          wait(overdue);
        }
      }
    } finally {
      runtime.ended();
    }
  }
}
