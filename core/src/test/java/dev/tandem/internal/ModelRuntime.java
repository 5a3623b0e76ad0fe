package dev.tandem.internal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A runtime that a model checker can follow: platform threads, and no time but the one that a test
 * lets pass. A wait with a deadline ends when {@link #timePasses} is called, by any thread.
 */
public final class ModelRuntime implements TaskRuntime {

  /** The one deadline of a test, which comes with {@link #timePasses}. */
  public static final long SOON = 1;

  // Volatile: each of the two is written by one thread and read by others.
  private volatile boolean passed;
  private volatile @Nullable Waiter bounded;
  private volatile @Nullable Runnable timer;

  @SuppressWarnings("unused")
  private volatile int resumptions;

  /** The deadline passes: whoever waits until then, and the timer that is armed, learn of it. */
  public void timePasses() {
    passed = true;
    Waiter waiter = bounded;
    if (waiter != null) {
      waiter.timedOut();
    }
    Runnable action = timer;
    if (action != null) {
      action.run();
    }
  }

  /**
   * Calls {@code body} on a clock at which the deadline has passed: a wait gives up at once, but
   * not before others had their chance to end it.
   */
  public static boolean withoutPatience(Attempt body) throws InterruptedException {
    var late = new ModelRuntime();
    late.passed = true;
    try {
      return Context.callOn(late, context -> body.run());
    } catch (InterruptedException told) {
      throw told;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  /** Something that may have to wait. */
  public interface Attempt {
    boolean run() throws InterruptedException;
  }

  @Override
  public long now() {
    return passed ? SOON : 0;
  }

  @Override
  public Thread newThread(Runnable body) {
    return new Thread(body);
  }

  @Override
  public void start(Thread thread) {
    thread.start();
  }

  @Override
  public void ended() {}

  @Override
  public Timer schedule(long deadline, Runnable action) {
    if (deadline == SOON) {
      timer = action;
      if (passed) {
        action.run();
      }
    }
    return () -> timer = null;
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    if (deadline != NEVER) {
      bounded = waiter;
      if (passed) {
        waiter.timedOut();
      }
    }
    while (waiter.isWaiting()) {
      if (Thread.currentThread().isInterrupted()) {
        waiter.interrupted();
      } else if (!waiter.lookIfAlerted(1)) {
        LockSupport.park(waiter);
      }
    }
    if (bounded == waiter) {
      bounded = null;
    }
  }

  @Override
  public void resumes(Waiter waiter) {
    // A shared step, at which a model checker lets other threads go first.
    int seen = resumptions;
    resumptions = seen + 1;
  }
}
