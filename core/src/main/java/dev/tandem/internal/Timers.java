package dev.tandem.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The timers of real time, and the thread that runs them. The thread is their own, because whatever
 * occupies a pool that others use would make every deadline of the program late; actions only set a
 * flag and wake a thread, and what may take longer is an {@linkplain Errands errand} for others.
 */
final class Timers {

  private final TimerQueue queue =
      new TimerQueue(Runtime.getRuntime().availableProcessors(), this::wake);
  private final TaskRuntime clock;
  private final ThreadFactory threads;
  private final ShortLock starting = new ShortLock();

  // Volatile: written once it has been started, which the first timer does.
  private volatile @Nullable Thread thread;

  Timers(TaskRuntime clock) {
    this(clock, Errands.TimerThread::new);
  }

  Timers(TaskRuntime clock, ThreadFactory threads) {
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * Has {@code action} run at {@code deadline}.
   *
   * @throws OutOfMemoryError when there is no memory for it, or no thread; then nothing is armed,
   *     and the next one who comes tries again
   */
  TaskRuntime.Timer schedule(long deadline, Runnable action) {
    if (thread == null) {
      start();
    }
    var entry = new TimerQueue.Entry(deadline, action);
    try {
      if (queue.arm(entry)) {
        wake();
      }
    } catch (Throwable lackOfStack) {
      entry.cancel();
      queue.notWoken();
      throw lackOfStack;
    }
    return entry;
  }

  private void start() {
    starting.lock();
    try {
      if (thread == null) {
        // A new one each time: one that could not be started is of no use any more.
        Thread fresh = threads.newThread(this::run);
        fresh.start();
        thread = fresh;
      }
    } finally {
      starting.unlock();
    }
  }

  private void wake() {
    LockSupport.unpark(thread);
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
