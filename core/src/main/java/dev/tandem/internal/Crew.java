package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Those who work in one place, for whoever wants to close it. */
public final class Crew {

  private static final System.Logger LOG = System.getLogger("dev.tandem.stragglers");

  private final ReentrantLock lock = new ReentrantLock();
  private final Latch awaitedOver = new Latch(this::awaited);
  private final Latch allOver = new Latch(this::awaited);

  // Guarded by the lock.
  private final Set<Fiber> awaited = new LinkedHashSet<>();
  private final Set<Fiber> abandoned = new LinkedHashSet<>();
  private boolean closed;

  /** False when the place is closed; then nobody may begin there. */
  public boolean join(Fiber fiber) {
    lock.lock();
    try {
      return !closed && awaited.add(fiber);
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more for one that joined; it may be over by now. */
  public void abandoned(Fiber fiber) {
    lock.lock();
    try {
      if (awaited.remove(fiber)) {
        abandoned.add(fiber);
      }
      openLatches();
    } finally {
      lock.unlock();
    }
  }

  /** One that joined is over. */
  public void ended(Fiber fiber) {
    lock.lock();
    try {
      awaited.remove(fiber);
      abandoned.remove(fiber);
      openLatches();
    } finally {
      lock.unlock();
    }
  }

  /** How many work although nobody waits for them. */
  public int abandoned() {
    lock.lock();
    try {
      return abandoned.size();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody may join. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      openLatches();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, after {@link #close}, until nobody works here. When the current thread is cancelled or
   * interrupted, those who work are cancelled with {@code hurry}, and the wait goes on; an
   * interrupt from outside is put back at its end. Those that were abandoned are waited for only so
   * long, and then left.
   */
  public void awaitEnd(CancelCause hurry, Duration graceForAbandoned) {
    boolean interrupted = false;
    try {
      awaitedOver.await(TaskRuntime.NEVER);
    } catch (InterruptedException told) {
      interrupted = isFromOutside();
      Cancelling.all(members(awaited), hurry);
      interrupted |= awaitStragglers(hurry);
    }
    interrupted |= awaitAbandoned(graceForAbandoned);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Parking.catchUp();
  }

  private boolean awaitStragglers(CancelCause hurry) {
    boolean interrupted = false;
    var stragglers = new Stragglers(Context.currentRuntime(), hurry, Stragglers.GRACE);
    while (true) {
      try {
        if (awaitedOver.awaitThroughCancellation(stragglers.nextReport())) {
          return interrupted;
        }
        stragglers.report(members(awaited));
      } catch (InterruptedException again) {
        interrupted |= isFromOutside();
      }
    }
  }

  private boolean awaitAbandoned(Duration grace) {
    boolean interrupted = false;
    long until = Durations.after(Context.currentRuntime().now(), grace.toNanos());
    while (true) {
      try {
        if (!allOver.awaitThroughCancellation(until)) {
          members(abandoned).forEach(Crew::tellOfLeftBehind);
        }
        return interrupted;
      } catch (InterruptedException again) {
        interrupted |= isFromOutside();
      }
    }
  }

  private static void tellOfLeftBehind(Fiber fiber) {
    var where = new Exception("it was abandoned, and its place is closed");
    where.setStackTrace(fiber.whereabouts());
    LOG.log(Level.WARNING, "work " + fiber.path() + " is left behind; it still runs", where);
  }

  private static boolean isFromOutside() {
    Scope scope = Context.currentScope();
    return scope == null || scope.effectiveCause() == null;
  }

  private Awaited awaited() {
    return Awaited.of("offloaded work").heldBy(members(awaited));
  }

  private List<Fiber> members(Set<Fiber> some) {
    lock.lock();
    try {
      return List.copyOf(some);
    } finally {
      lock.unlock();
    }
  }

  private void openLatches() {
    if (closed && awaited.isEmpty()) {
      awaitedOver.open();
      if (abandoned.isEmpty()) {
        allOver.open();
      }
    }
  }
}
