package dev.tandem.sync;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Scope;
import dev.tandem.internal.Words;
import org.jspecify.annotations.Nullable;

/**
 * Who has a lock: a thread, where in the tree of tasks it was when it asked for it, and which of
 * the items that have the thread one after the other it was at, or -1.
 */
record Owner(Thread thread, @Nullable Scope scope, long item) {

  static Owner current() {
    Scope scope = Context.currentScope();
    Fiber task = scope == null ? null : scope.fiber();
    return new Owner(Thread.currentThread(), scope, task == null ? -1 : task.markPiece());
  }

  static boolean isCurrent(@Nullable Owner owner) {
    return owner != null && owner.thread == Thread.currentThread() && owner.isAtItem();
  }

  /** True when this is the same thread as {@code other}, which is current, and has not gone on. */
  boolean isStill(Owner other) {
    return thread == other.thread && isAtItem();
  }

  /** True when no code of the owner is left that could give anything back. */
  boolean hasEnded() {
    Fiber task = task();
    return task == null ? !thread.isAlive() : task.isLeft() || !isAtItem();
  }

  private boolean isAtItem() {
    Fiber task = item < 0 ? null : task();
    return task == null || task.piece() == item;
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
    return Words.where(thread, scope, item);
  }
}
