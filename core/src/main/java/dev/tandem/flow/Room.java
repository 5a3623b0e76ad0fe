package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;

/**
 * How many elements may be taken from a source ahead of the one who asks. While results are there
 * to be taken, room is given back for several at once: a task that is woken for each would work on
 * one element and wait again.
 */
final class Room {

  private final PermitQueue free;
  private final int batch;

  // Only the one who asks reads and writes this one.
  private int owed;

  Room(int limit) {
    free = new PermitQueue(limit, this::awaited);
    batch = Math.max(1, limit / 2);
  }

  /** Waits until another element may be taken. */
  void await() throws InterruptedException {
    free.acquire(1, TaskRuntime.NEVER);
  }

  private Awaited awaited() {
    return Awaited.of("iterator").in(free.snapshot().waiting() + " lanes wait for room");
  }

  /** A result has left. */
  void left() {
    if (++owed >= batch) {
      giveBack();
    }
  }

  /** Gives back what is owed; called by the one who asks before it waits. */
  void giveBack() {
    if (owed > 0) {
      free.release(owed);
      owed = 0;
    }
  }
}
