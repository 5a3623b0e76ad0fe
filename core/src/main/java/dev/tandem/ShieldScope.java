package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import org.jspecify.annotations.Nullable;

/** A scope that cancellation from around does not enter, until its time is over. */
final class ShieldScope extends Scope {

  /*
   * When the time is over the shield is opened first and then looks whether a cancellation stands
   * before it; a canceller sets its cause first and then looks whether the shield is open. So one
   * of them lets the cancellation in.
   */

  private final long bound;

  // Volatile: set by the timer, read by cancellers and by waits inside.
  private volatile boolean open;

  ShieldScope(Context context, long nanos) {
    super(context.scope(), context);
    bound = Durations.after(context.runtime().now(), nanos);
  }

  static <T extends @Nullable Object, X extends Exception> T run(long nanos, Work<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    try {
      return Context.call(context -> new ShieldScope(context, nanos).call(body));
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  @Override
  public boolean isShield() {
    return !open;
  }

  <T extends @Nullable Object> T call(Work<T, ?> body) throws Throwable {
    Context context = context();
    context.enterShield(this);
    T value;
    try {
      TaskRuntime.Timer timer = context.runtime().schedule(bound, this::openUp);
      try {
        value = body.run();
      } finally {
        timer.cancel();
      }
    } finally {
      context.leaveShield(this);
    }
    context.checkpoint();
    return value;
  }

  private void openUp() {
    open = true;
    Scope around = parent();
    CancelCause waiting = around == null ? null : around.effectiveCause();
    if (waiting != null) {
      cancel(waiting);
    }
  }
}
