package dev.tandem.internal;

import java.util.concurrent.locks.LockSupport;

/**
 * The timers of real time, and the thread that runs them. The thread is their own, because whatever
 * occupies a pool that others use would make every deadline of the program late; actions only set a
 * flag and wake a thread.
 */
final class Timers {

  private final TimerQueue queue = new TimerQueue(Runtime.getRuntime().availableProcessors());
  private final TaskRuntime clock;
  private final Thread thread;

  Timers(TaskRuntime clock) {
    this.clock = clock;
    thread =
        Thread.ofPlatform()
            .name("tandem-timer")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
    // It lives as long as the program, and must not keep what first needed a timer.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
  }

  void start() {
    thread.start();
  }

  TaskRuntime.Timer schedule(long deadline, Runnable action) {
    var entry = new TimerQueue.Entry(deadline, action);
    if (queue.arm(entry)) {
      LockSupport.unpark(thread);
    }
    return entry;
  }

  private void run() {
    while (true) {
      long next = queue.runDue(clock.now());
      if (next == TaskRuntime.NEVER) {
        LockSupport.park(queue);
      } else {
        long left = next - clock.now();
        if (left > 0) {
          LockSupport.parkNanos(queue, left);
        }
      }
      // Nobody has a reason to interrupt it; a flag that is up would keep it from ever parking.
      Thread.interrupted();
    }
  }
}
