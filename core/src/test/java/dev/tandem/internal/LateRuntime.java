package dev.tandem.internal;

/**
 * A runtime whose time passes in waits alone, each of which ends so many nanoseconds after its
 * deadline, as on a busy machine. For a single thread, which nobody wakes.
 */
public final class LateRuntime implements TaskRuntime {

  private final long late;
  private long now;

  private LateRuntime(long late) {
    this.late = late;
  }

  /** Something that waits. */
  public interface Body {
    void run(LateRuntime runtime) throws Exception;
  }

  /** Calls {@code body} on a clock on which each wait ends so late. */
  public static void run(long late, Body body) throws Exception {
    try {
      Context.callOn(
          new LateRuntime(late),
          context -> {
            body.run((LateRuntime) context.runtime());
            return 0;
          });
    } catch (Exception | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Thread newThread(Runnable body) {
    throw new UnsupportedOperationException("one thread is enough here");
  }

  @Override
  public void start(Thread thread) {
    throw new UnsupportedOperationException("one thread is enough here");
  }

  @Override
  public void ended() {}

  @Override
  public Timer schedule(long deadline, Runnable action) {
    throw new UnsupportedOperationException("no timers here");
  }

  @Override
  public void park(Waiter waiter, long deadline) {
    if (deadline == NEVER) {
      throw new AssertionError("nobody will ever end this wait");
    }
    now = Math.max(now, deadline) + late;
    waiter.timedOut();
  }
}
