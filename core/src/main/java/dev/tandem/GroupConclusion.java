package dev.tandem;

import dev.tandem.StopCause.Kind;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a group whose body and tasks have all ended: it returns, or it throws one
 * exception that tells of everything that failed.
 *
 * @param cutShort the cancellation from around that cut a task short, if one did
 * @param cancelled whether the group, or a scope around it, was cancelled before its thread left
 * @param interruptSent whether an interrupt of ours was sent to the body
 * @param outside the interrupt from outside that arrived while the group waited for its tasks
 */
record GroupConclusion(
    TaskGroup group,
    @Nullable CancelCause cutShort,
    boolean cancelled,
    boolean interruptSent,
    @Nullable InterruptedException outside) {

  /**
   * Throws what the group is to throw, if anything.
   *
   * @param thrown what the body threw
   * @param endsQuietly whether a body that was stopped on request passes for one that returned
   */
  void conclude(@Nullable Throwable thrown, boolean endsQuietly) throws Throwable {
    Failures failures = group.failures();
    if (thrown != null) {
      judge(thrown, failures);
    }
    if (outside != null) {
      throw failures.attachTo(outside);
    }
    StopCause own = ownCause();
    CancelCause around = outerCause();
    if (!failures.isEmpty() && (own != null || around == null)) {
      throw new TaskGroupException(group.describe(), failures.kept(), failures.count());
    }
    boolean incomplete = thrown != null || cutShort != null || !failures.isEmpty();
    if (around != null && incomplete) {
      throw failures.attachTo(
          thrown instanceof InterruptedException ? thrown : around.exception(true));
    }
    if (thrown != null && own != null && !(own.kind == Kind.REQUEST && endsQuietly)) {
      throw thrown instanceof InterruptedException ? thrown : own.exception(true);
    }
  }

  /** Throws what the body threw, unless that was an echo or the answer to a cancellation. */
  private void judge(Throwable thrown, Failures failures) throws Throwable {
    if (failures.isEcho(thrown)) {
      addBesides(thrown, failures);
    } else if (isStopped(thrown)) {
      failures.addBehind(group::describe, thrown);
    } else {
      if (outside != null) {
        Thread.currentThread().interrupt();
      }
      throw failures.attachTo(thrown);
    }
  }

  /** The failure that was awaited is known, but not what failed after it, such as a close. */
  private void addBesides(Throwable echo, Failures failures) {
    for (Throwable besides : echo.getSuppressed()) {
      if (group.scope().context().isFromOutside(besides)) {
        failures.add(group.describe(), besides);
      } else if (!failures.isEcho(besides)) {
        failures.addBehind(group::describe, besides);
      }
    }
  }

  /** True when the body threw because it was cancelled, not because something failed in it. */
  private boolean isStopped(Throwable thrown) {
    StopCause own = ownCause();
    boolean cancelledItself = own != null && own.cancellation().cause() == thrown;
    return !cancelledItself
        && Endings.acknowledges(thrown, cancelled, interruptSent, group.scope().context());
  }

  private @Nullable StopCause ownCause() {
    return (StopCause) group.scope().ownCause();
  }

  private @Nullable CancelCause outerCause() {
    Scope around = group.scope().parent();
    return around == null ? null : around.effectiveCause();
  }
}
