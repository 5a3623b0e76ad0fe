package dev.tandem.internal;

import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * What the timers' thread has others do. Whatever holds that thread up makes every deadline of the
 * program late, and foreign code may: an interrupt closes the channel that the interrupted thread
 * is blocked in, and runs whatever that channel, or a thread that is a class of its own, does then;
 * a handler of exceptions writes a log.
 */
public final class Errands {

  /*
   * Platform threads: the carriers of virtual ones may all be busy with the very code that is to be
   * interrupted. Several: one that is held up must not hold up the others.
   */

  private static final int AT_ONCE = 8;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final ExecutorService OTHERS =
      PlatformThreads.pool("tandem-errand", AT_ONCE, IDLE);

  private Errands() {}

  /** True on the thread of the timers. */
  static boolean areNeeded() {
    return Thread.currentThread() instanceof TimerThread;
  }

  /** Runs {@code errand}: on another thread if this is the timers', otherwise here. */
  public static void run(Runnable errand) {
    if (areNeeded()) {
      try {
        OTHERS.execute(errand);
        return;
      } catch (Throwable noThread) {
        // Late is worse than held up: done here and now.
      }
    }
    errand.run();
  }

  /** The thread of the timers. */
  static final class TimerThread extends Thread {
    TimerThread(Runnable body) {
      super(null, body, "tandem-timer", 0, false);
      setDaemon(true);
      // It lives as long as the program, and must not keep what first needed a timer.
      setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
  }
}
