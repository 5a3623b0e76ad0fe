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
      try {
        waitUntil(queue.runDue(clock.now()));
      } catch (Throwable outOfMemory) {
        // Whatever it is: without this thread no wait of the program would end in time.
        Thread.yield();
      }
      // Nobody has a reason to interrupt it; a flag that is up would keep it from ever parking.
      Thread.interrupted();
    }
  }

  private void waitUntil(long next) {
    if (queue.isCalled(next)) {
      // An action that waited for a lock has used up the wake-up.
      return;
    }
    if (next == TaskRuntime.NEVER) {
      LockSupport.park(queue);
    } else {
      long left = next - clock.now();
      if (left > 0) {
        LockSupport.parkNanos(queue, left);
      }
    }
  }
}
