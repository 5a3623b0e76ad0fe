package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/** A context that keeps the moments of its thread: those without are smaller, and many. */
final class TimedContext extends Context {

  private final Moments moments;

  TimedContext(TaskRuntime runtime, @Nullable Thread thread) {
    super(runtime, thread);
    moments = new Moments(runtime.now());
  }

  @Override
  Moments moments() {
    return moments;
  }

  @Override
  public void beginsPiece() {
    moments.begins(runtime().now());
  }

  @Override
  void waitsIn(@Nullable Waiter newWaiter) {
    if (newWaiter != null) {
      moments.beginsToWait(runtime().now());
    }
    super.waitsIn(newWaiter);
  }
}
