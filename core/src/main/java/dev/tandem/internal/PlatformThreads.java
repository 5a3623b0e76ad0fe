package dev.tandem.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where platform threads come from. All of them are daemons. */
public final class PlatformThreads {

  private PlatformThreads() {}

  /** A new thread for each task. */
  public static Executor fresh(String name) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name(name + "-", 1).factory();
    return task -> threads.newThread(task).start();
  }

  /** At most {@code size} threads, made when they are needed; those that idle for long end. */
  public static ThreadPoolExecutor pool(String name, int size, Duration idle) {
    // What the first caller's thread happens to hold is no business of later ones.
    ThreadFactory threads =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name(name + "-", 1)
            .factory();
    var pool =
        new ThreadPoolExecutor(
            size, size, idle.toNanos(), TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
