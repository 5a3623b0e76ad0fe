package dev.tandem.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What few scopes have: groups attached to them, somebody who looks after them, and somebody who is
 * told when the thread is out of them.
 */
final class Attachments {

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock; the last attached comes first.
  private final Deque<AttachedGroup> groups = new ArrayDeque<>(2);
  private final List<Fiber.Watcher> watchers = new ArrayList<>(0);
  private @Nullable SequencedSet<Scope.Leftover> leftovers;

  // Volatile: written by whoever cancelled the scope, read by the thread that leaves it.
  private volatile @Nullable OverdueBody lookedAfterBy;

  void lookedAfterBy(OverdueBody overdue) {
    lookedAfterBy = overdue;
  }

  /** The scope has been left. */
  void left() {
    OverdueBody overdue = lookedAfterBy;
    if (overdue != null) {
      overdue.stop();
    }
  }

  void add(AttachedGroup group) {
    lock.lock();
    try {
      groups.push(group);
    } finally {
      lock.unlock();
    }
  }

  void remove(AttachedGroup group) {
    lock.lock();
    try {
      groups.remove(group);
    } finally {
      lock.unlock();
    }
  }

  void add(Fiber.Watcher watcher) {
    lock.lock();
    try {
      watchers.add(watcher);
    } finally {
      lock.unlock();
    }
  }

  void remove(Fiber.Watcher watcher) {
    lock.lock();
    try {
      watchers.remove(watcher);
    } finally {
      lock.unlock();
    }
  }

  void add(Scope.Leftover leftover) {
    lock.lock();
    try {
      if (leftovers == null) {
        leftovers = new LinkedHashSet<>();
      }
      leftovers.add(leftover);
    } finally {
      lock.unlock();
    }
  }

  void remove(Scope.Leftover leftover) {
    lock.lock();
    try {
      if (leftovers != null) {
        leftovers.remove(leftover);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes what nobody has used, the last made first. */
  void closeLeftovers() {
    for (Scope.Leftover next = pollLeftover(); next != null; next = pollLeftover()) {
      next.close();
    }
  }

  private Scope.@Nullable Leftover pollLeftover() {
    lock.lock();
    try {
      return leftovers == null || leftovers.isEmpty() ? null : leftovers.removeLast();
    } finally {
      lock.unlock();
    }
  }

  void tellWatchers() {
    List<Fiber.Watcher> told;
    lock.lock();
    try {
      told = List.copyOf(watchers);
    } finally {
      lock.unlock();
    }
    told.forEach(Fiber.Watcher::threadLeft);
  }

  void addChildren(Collection<Scope> reached) {
    for (AttachedGroup group : all()) {
      group.addChildren(reached);
    }
  }

  /** Closes all, the last attached first; closing takes them out. */
  void close() {
    for (AttachedGroup next = last(); next != null; next = last()) {
      next.close();
      remove(next);
    }
  }

  List<AttachedGroup> all() {
    lock.lock();
    try {
      return new ArrayList<>(groups);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable AttachedGroup last() {
    lock.lock();
    try {
      return groups.peek();
    } finally {
      lock.unlock();
    }
  }
}
