package dev.tandem.testing;

import dev.tandem.internal.Context;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Seeds;
import dev.tandem.internal.ShortLock;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One direction of a connection in memory. One thread writes at a time, and one reads. */
final class Wire {

  /** What {@link #read} returns when its own side is closed. */
  static final int CLOSED = -2;

  private static final class Piece {
    final byte[] bytes;
    final long arrival;
    int taken;

    Piece(byte[] bytes, long arrival) {
      this.bytes = bytes;
      this.arrival = arrival;
    }

    int left() {
      return bytes.length - taken;
    }
  }

  /** What comes behind the last piece. */
  private record Finish(long arrival, @Nullable String lost) {}

  private final ShortLock lock = new ShortLock();
  private final StreamFaults faults;
  private final Random random;

  // Guarded by the lock.
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private final Course course;
  private int onTheWay;
  private boolean unread;
  private @Nullable Finish finish;
  private boolean readerClosed;
  private boolean writerClosed;
  private @Nullable Waiter reading;
  private @Nullable Waiter writing;

  Wire(StreamFaults faults) {
    this.faults = faults;
    course = new Course(faults);
    random = Seeds.random(faults.split.seed());
  }

  /**
   * Waits for bytes.
   *
   * @return how many; -1 at the end, {@link #CLOSED} once {@link #closeReader} was called
   * @throws IOException when the connection is broken
   * @throws InterruptedException when it was cancelled; then nothing was taken
   */
  int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
    while (true) {
      int count = 0;
      Waiter woken = null;
      Waiter mine = null;
      long until = TaskRuntime.NEVER;
      lock.lock();
      try {
        if (readerClosed) {
          return CLOSED;
        }
        long now = Context.currentRuntime().now();
        count = take(into, offset, Math.min(length, mostAtOnce(now)), now);
        if (count > 0) {
          woken = claim(writing);
        } else {
          until = nextArrival();
          if (until <= now && finish != null) {
            return ended(finish);
          }
          mine = new Waiter();
          reading = mine;
        }
      } finally {
        lock.unlock();
      }
      wake(woken);
      if (mine == null) {
        return count;
      }
      try {
        Parking.await(mine, until);
      } finally {
        leave(mine);
      }
    }
  }

  /**
   * Writes all of it, and waits while there is no room.
   *
   * @return false when {@link #closeWriter} was called before all was written
   * @throws IOException when the connection is broken, or nobody reads any more
   * @throws InterruptedException when it was cancelled; some of it may have been written by then
   */
  boolean write(byte[] bytes, int offset, int length, Runnable onReset)
      throws IOException, InterruptedException {
    for (int done = 0; done < length; ) {
      Waiter woken = null;
      Waiter mine = null;
      boolean reset = false;
      lock.lock();
      try {
        checkTaken();
        if (writerClosed) {
          return false;
        }
        int room = Math.min(faults.buffer - onTheWay, length - done);
        if (unread) {
          done = length;
        } else if (room > 0) {
          send(bytes, offset + done, room);
          reset = course.isReset();
          done = unread || reset ? length : done + room;
          woken = claim(reading);
        } else {
          mine = new Waiter();
          writing = mine;
        }
      } finally {
        lock.unlock();
      }
      wake(woken);
      if (reset) {
        onReset.run();
      }
      if (mine != null) {
        try {
          Parking.await(mine, TaskRuntime.NEVER);
        } finally {
          leave(mine);
        }
      }
    }
    return true;
  }

  /** Nothing more will be written; the reader finds the end behind what was. */
  void closeWriter() {
    Waiter first;
    Waiter second;
    lock.lock();
    try {
      writerClosed = true;
      if (finish == null) {
        finish = new Finish(course.end(Context.currentRuntime().now()), null);
      }
      first = claim(reading);
      second = claim(writing);
    } finally {
      lock.unlock();
    }
    wake(first);
    wake(second);
  }

  /** Nothing more will be read. */
  void closeReader() {
    Waiter first;
    Waiter second;
    lock.lock();
    try {
      readerClosed = true;
      clear();
      first = claim(reading);
      second = claim(writing);
    } finally {
      lock.unlock();
    }
    wake(first);
    wake(second);
  }

  /** The connection is broken, now and with all that is on its way. */
  void breakNow(String why) {
    Waiter first;
    Waiter second;
    lock.lock();
    try {
      clear();
      finish = new Finish(0, why);
      first = claim(reading);
      second = claim(writing);
    } finally {
      lock.unlock();
    }
    wake(first);
    wake(second);
  }

  /** How many bytes were written and not read. */
  int onTheWay() {
    lock.lock();
    try {
      return onTheWay;
    } finally {
      lock.unlock();
    }
  }

  // Called with the lock held.

  private int mostAtOnce(long now) {
    Piece first = pieces.peekFirst();
    if (first == null || first.arrival > now) {
      return 0;
    }
    return faults.split.random() ? 1 + random.nextInt(faults.split.most()) : faults.split.most();
  }

  private int take(byte[] into, int offset, int most, long now) {
    int count = 0;
    for (Piece next = pieces.peekFirst();
        next != null && count < most && next.arrival <= now;
        next = pieces.peekFirst()) {
      int some = Math.min(most - count, next.left());
      System.arraycopy(next.bytes, next.taken, into, offset + count, some);
      next.taken += some;
      count += some;
      if (next.left() == 0) {
        pieces.removeFirst();
      }
    }
    onTheWay -= count;
    return count;
  }

  private long nextArrival() {
    Piece first = pieces.peekFirst();
    if (first != null) {
      return first.arrival;
    }
    return finish == null ? TaskRuntime.NEVER : finish.arrival;
  }

  private static int ended(Finish finish) throws IOException {
    if (finish.lost != null) {
      throw new IOException(finish.lost);
    }
    return -1;
  }

  private void checkTaken() throws IOException {
    if (finish != null && finish.lost != null) {
      throw new IOException(finish.lost);
    }
    if (readerClosed) {
      throw new IOException("the peer has closed it");
    }
  }

  private void send(byte[] bytes, int offset, int length) {
    long now = Context.currentRuntime().now();
    int done = 0;
    while (done < length && !course.isReset() && !course.isEnded()) {
      int count = course.together(length - done);
      byte[] copy = Arrays.copyOfRange(bytes, offset + done, offset + done + count);
      pieces.add(new Piece(copy, course.send(count, now)));
      onTheWay += count;
      done += count;
    }
    if (course.isReset()) {
      finish = new Finish(course.end(now), "it was reset");
    } else if (course.isEnded()) {
      finish = new Finish(course.end(now), null);
      unread = true;
    }
  }

  private void clear() {
    pieces.clear();
    onTheWay = 0;
  }

  private static @Nullable Waiter claim(@Nullable Waiter waiter) {
    return waiter != null && waiter.claim() ? waiter : null;
  }

  // Called without it.

  private static void wake(@Nullable Waiter waiter) {
    if (waiter != null) {
      waiter.wake();
    }
  }

  private void leave(Waiter waiter) {
    lock.lock();
    try {
      if (reading == waiter) {
        reading = null;
      }
      if (writing == waiter) {
        writing = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
