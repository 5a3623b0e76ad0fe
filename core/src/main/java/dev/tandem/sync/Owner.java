package dev.tandem.sync;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Scope;
import org.jspecify.annotations.Nullable;

/** Who has a lock: a thread, and where in the tree of tasks it was when it asked for it. */
record Owner(Thread thread, @Nullable Scope scope) {

  static Owner current() {
    return new Owner(Thread.currentThread(), Context.currentScope());
  }

  static boolean isCurrent(@Nullable Owner owner) {
    return owner != null && owner.thread == Thread.currentThread();
  }

  /** True when no code of the owner is left that could give anything back. */
  boolean hasEnded() {
    Fiber task = task();
    return task == null ? !thread.isAlive() : task.isLeft();
  }

  /** Has {@code watcher} told when it ends, if it is a task; nobody tells of other threads. */
  void watch(Fiber.Watcher watcher) {
    Fiber task = task();
    if (task != null) {
      task.watch(watcher);
    }
  }

  void unwatch(Fiber.Watcher watcher) {
    Fiber task = task();
    if (task != null) {
      task.unwatch(watcher);
    }
  }

  Awaited.Holder holder() {
    return new Awaited.Holder(scope, where());
  }

  private @Nullable Fiber task() {
    return scope == null ? null : scope.fiber();
  }

  /** The path of the task; outside of tasks the name of the thread, or its number. */
  String where() {
    String path = scope == null ? "" : scope.path();
    if (!path.isEmpty()) {
      return path;
    }
    String name = thread.getName();
    return name.isEmpty() ? "thread #" + thread.threadId() : name;
  }
}
