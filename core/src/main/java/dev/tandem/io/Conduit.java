package dev.tandem.io;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.ShortLock;
import dev.tandem.internal.TaskRuntime;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A few chunks of bytes on their way from one thread to another. */
final class Conduit {

  // A permit for each chunk that is there, and at the end a last one, which is put back.
  private final PermitQueue ready =
      new PermitQueue(0, () -> Awaited.of("pipe").in("nothing to read"));

  // A permit for each chunk there is room for.
  private final PermitQueue room =
      new PermitQueue(Defaults.CHUNKS_ON_THE_WAY, () -> Awaited.of("pipe").in("full"));

  private final Queue<byte[]> chunks = new ConcurrentLinkedQueue<>();

  // A chunk is there before the end, or is not put: its permit may come after that of the end.
  private final ShortLock lock = new ShortLock();
  private boolean ended;

  /**
   * Waits for room, and puts a chunk there.
   *
   * @return false when nobody will take it, because the other side is closed, or the end was said
   */
  boolean put(byte[] chunk) throws InterruptedException {
    if (!room.acquire(1, TaskRuntime.NEVER)) {
      return false;
    }
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      chunks.add(chunk);
    } finally {
      lock.unlock();
    }
    ready.release(1);
    return true;
  }

  /** There will be no more. */
  void end() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
    ready.release(1);
  }

  /** Nobody will take any more. */
  void close() {
    room.shut();
  }

  /** Waits for a chunk; null when there are no more to come. */
  byte @Nullable [] take() throws InterruptedException {
    ready.acquire(1, TaskRuntime.NEVER);
    byte[] chunk = chunks.poll();
    if (chunk == null) {
      ready.release(1);
      return null;
    }
    room.release(1);
    return chunk;
  }
}
