package dev.tandem.io;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** What a process has written, up to a limit: the first of it, or the last. */
final class Captured {

  private final int limit;
  private final boolean last;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int kept;
  private long total;

  /**
   * Nothing yet.
   *
   * @param last whether the last bytes are kept, and not the first
   */
  Captured(int limit, boolean last) {
    this.limit = limit;
    this.last = last;
  }

  void add(byte[] chunk) {
    lock.lock();
    try {
      total += chunk.length;
      if (last) {
        addAsLast(chunk);
      } else {
        addAsFirst(chunk);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is kept. */
  byte[] bytes() {
    lock.lock();
    try {
      byte[] all = new byte[kept];
      int at = 0;
      for (byte[] chunk : chunks) {
        System.arraycopy(chunk, 0, all, at, chunk.length);
        at += chunk.length;
      }
      return last && kept > limit ? Arrays.copyOfRange(all, kept - limit, kept) : all;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes were written in all. */
  long total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  private void addAsFirst(byte[] chunk) {
    int room = limit - kept;
    if (room > 0) {
      byte[] fitting = chunk.length <= room ? chunk : Arrays.copyOf(chunk, room);
      chunks.add(fitting);
      kept += fitting.length;
    }
  }

  private void addAsLast(byte[] chunk) {
    chunks.add(chunk);
    kept += chunk.length;
    while (kept - chunks.getFirst().length >= limit) {
      kept -= chunks.removeFirst().length;
    }
  }
}
