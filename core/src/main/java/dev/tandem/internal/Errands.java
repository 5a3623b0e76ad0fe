package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the timers' thread has others do. Whatever holds that thread up makes every deadline of the
 * program late, and foreign code may: an interrupt closes the channel that the interrupted thread
 * is blocked in, and runs whatever that channel, or a thread that is a class of its own, does then;
 * a handler of exceptions writes a log.
 */
public final class Errands {

  /*
   * A few platform threads: the carriers of virtual ones may all be busy with the very code that is
   * to be interrupted. All of them may be held up, so when there is more to do than they can have in
   * hand, there comes a virtual thread for each errand too many; whoever is first takes the next
   * one. However many are held up, they do not hold up the others.
   */

  private static final System.Logger LOG = System.getLogger("dev.tandem.interrupts");

  private static final int AT_ONCE = 8;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final ThreadPoolExecutor OTHERS =
      PlatformThreads.pool("tandem-errand", AT_ONCE, IDLE);
  private static final ThreadFactory MORE =
      Thread.ofVirtual().name("tandem-errand").inheritInheritableThreadLocals(false).factory();

  // How many wait or run.
  private static final AtomicInteger underWay = new AtomicInteger();

  private Errands() {}

  /** True on the thread of the timers. */
  static boolean areNeeded() {
    return Thread.currentThread() instanceof TimerThread;
  }

  /** Runs {@code errand}: on another thread if this is the timers', otherwise here. */
  public static void run(Runnable errand) {
    if (!areNeeded()) {
      errand.run();
      return;
    }
    // Late is worse than held up: without a thread it is done here and now.
    try {
      underWay.incrementAndGet();
      OTHERS.execute(() -> runCounted(errand));
    } catch (Throwable noThread) {
      runCounted(errand);
      return;
    }
    if (underWay.get() > AT_ONCE) {
      try {
        MORE.newThread(Errands::runNext).start();
      } catch (Throwable noThread) {
        runNext();
      }
    }
  }

  /**
   * Has the log told that interrupting {@code thread} ran into foreign code that threw. Not here:
   * whoever interrupts may hold what a logger waits for.
   */
  static void tell(Thread thread, Throwable thrown) {
    try {
      String text = "interrupting " + thread.getName() + " ran foreign code that threw";
      MORE.newThread(() -> LOG.log(Level.WARNING, text, thrown)).start();
    } catch (Throwable noThread) {
      // Then nobody is told: the one who cancels has to go on.
      Thread.onSpinWait();
    }
  }

  private static void runCounted(Runnable errand) {
    try {
      errand.run();
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** Runs the one that has waited longest, unless a thread of the pool has come for it. */
  private static void runNext() {
    Runnable next = OTHERS.getQueue().poll();
    if (next != null) {
      next.run();
    }
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
