package dev.tandem;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a group owns and closes, the last first, after its tasks have ended. */
final class Resources {

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Deque<AutoCloseable> owned = new ArrayDeque<>(0);

  void add(AutoCloseable resource) {
    lock.lock();
    try {
      owned.push(resource);
    } finally {
      lock.unlock();
    }
  }

  /** Closes everything; one that fails does not keep the others open. */
  void close(Failures failures, String path) {
    for (AutoCloseable resource = next(); resource != null; resource = next()) {
      AutoCloseable current = resource;
      try {
        // What is being closed may have to say goodbye, though the group is cancelled.
        Tandem.<Exception>shield(current::close);
      } catch (InterruptedException cancelled) {
        // The close went through; the cancellation is told by the group itself.
        Thread.currentThread().interrupt();
      } catch (Throwable failure) {
        failures.add(path + ", closing " + current.getClass().getSimpleName(), failure);
      }
    }
  }

  private @Nullable AutoCloseable next() {
    lock.lock();
    try {
      return owned.poll();
    } finally {
      lock.unlock();
    }
  }
}
