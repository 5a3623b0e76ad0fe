package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where one who brings elements and one who asks for them look at a state in turn: each waits until
 * the other has changed it. The lock is held wherever the state is looked at.
 */
final class Meeting {

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable Waiter bringing;
  private @Nullable Waiter asking;

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Waits for a change, for the one who brings. */
  void awaitAsker() throws InterruptedException {
    var waiter = new Bring();
    bringing = waiter;
    await(waiter, TaskRuntime.NEVER);
  }

  /** Waits for a change, or for the deadline, for the one who asks. */
  void awaitBringer(long deadline) throws InterruptedException {
    var waiter = new Ask();
    asking = waiter;
    await(waiter, deadline);
  }

  /** The state has changed: both look again. */
  void changed() {
    if (bringing != null) {
      bringing.signal();
      bringing = null;
    }
    if (asking != null) {
      asking.signal();
      asking = null;
    }
  }

  /** A wait of the one who brings. */
  private static final class Bring extends Waiter {
    @Override
    protected Awaited awaited() {
      return Awaited.of("iterator").in("the element is not taken yet");
    }
  }

  /** A wait of the one who asks. */
  private static final class Ask extends Waiter {
    @Override
    protected Awaited awaited() {
      return Awaited.of("iterator").in("the next element is not there yet");
    }
  }

  private void await(Waiter waiter, long deadline) throws InterruptedException {
    lock.unlock();
    try {
      Parking.await(waiter, deadline);
    } finally {
      lock.lock();
    }
  }
}
