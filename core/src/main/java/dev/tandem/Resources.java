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
  private boolean closed;

  /** False when everything has been closed, and nobody would close this one. */
  boolean add(AutoCloseable resource) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      owned.push(resource);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Closes everything; one that fails does not keep the others open. */
  void close(Failures failures, String path) {
    boolean interrupted = false;
    for (AutoCloseable resource = next(); resource != null; resource = next()) {
      AutoCloseable current = resource;
      String label = path + ", closing " + current.getClass().getSimpleName();
      // An interrupt of before, or of the close before this one, would cut this one short.
      interrupted |= Thread.interrupted();
      try {
        // What is being closed may have to say goodbye, though the group is cancelled.
        Tandem.<RuntimeException>shield(() -> close(current, failures, label));
      } catch (InterruptedException cancelled) {
        // The close was tried; the cancellation is told by the group itself.
        interrupted = true;
      } catch (Throwable failure) {
        failures.add(label, failure);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable resource, Failures failures, String label) {
    try {
      resource.close();
    } catch (Throwable failure) {
      failures.add(label, failure);
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private @Nullable AutoCloseable next() {
    lock.lock();
    try {
      AutoCloseable last = owned.poll();
      closed = last == null;
      return last;
    } finally {
      lock.unlock();
    }
  }
}
