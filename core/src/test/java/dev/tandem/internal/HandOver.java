package dev.tandem.internal;

/** Somebody waits for what another hands over, while something else ends the wait. */
public abstract class HandOver extends Scenario {

  protected Scope scope;
  protected Thread waiting;
  protected boolean happened;

  @Override
  protected final void run(Context context) {
    waiting = Thread.currentThread();
    prepare();
    scope = new Scope(context.scope(), context);
    context.enter(scope);
    start(this::handOver);
    start(this::disturb);
    try {
      happened = await();
    } catch (InterruptedException gaveUp) {
      happened = false;
    }
    context.leave(scope);
  }

  /** Makes what is waited at. */
  protected abstract void prepare();

  /** The wait; true when it got what it was for. */
  protected abstract boolean await() throws InterruptedException;

  /** The part of the other. */
  protected abstract void handOver() throws Exception;

  /** What ends the wait: a cancellation, if nothing is said. */
  protected void disturb() {
    scope.cancel(new Cause("cancelled"));
  }

  /** The wait is to end then. */
  protected long deadline() {
    return TaskRuntime.NEVER;
  }
}
