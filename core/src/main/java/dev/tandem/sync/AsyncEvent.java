package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Something that has happened or not, and tasks that wait for it.
 *
 * <pre>{@code
 * var ready = AsyncEvent.create();
 * group.start("server", () -> serve(ready::set));
 * ready.await();
 * }</pre>
 *
 * <p>Setting it lets everybody through who waits, also when it is cleared at once; whoever comes
 * later goes through until it is cleared.
 *
 * <p><b>Fairness.</b> All who wait are woken, first come, first woken.
 *
 * <p><b>Cancellation.</b> A wait that throws has had no effect; an event has nothing that could get
 * lost. Setting it happens-before a wait returns because of it.
 */
public final class AsyncEvent {

  /*
   * A latch for each time that the event is not set: setting opens it, and clearing puts a closed
   * one in the place of an open one. Who waits has the latch in hand, so it learns of a set even if
   * a clear follows it closely.
   */
  private final AtomicReference<Latch> latch = new AtomicReference<>(closed());

  private AsyncEvent() {}

  /** An event that has not happened. */
  public static AsyncEvent create() {
    return new AsyncEvent();
  }

  /** Lets everybody through from now on; does nothing when it is set already. */
  public void set() {
    latch.get().open();
  }

  /** Whoever comes from now on waits until it is set again. */
  public void clear() {
    Latch current = latch.get();
    if (current.isOpen()) {
      latch.compareAndSet(current, closed());
    }
  }

  public boolean isSet() {
    return latch.get().isOpen();
  }

  /**
   * Waits until it is set.
   *
   * @throws InterruptedException when cancelled or interrupted, also when it is set already
   */
  public void await() throws InterruptedException {
    latch.get().await(TaskRuntime.NEVER);
  }

  /**
   * Waits until it is set, but not longer than {@code atMost}.
   *
   * @return false when the time passed first
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws InterruptedException when cancelled or interrupted, also when it is set already
   */
  public boolean await(Duration atMost) throws InterruptedException {
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    return latch.get().await(Durations.after(Context.currentRuntime().now(), nanos));
  }

  /** Whether it is set, and those who wait, at one moment. */
  public Statistics statistics() {
    Latch current = latch.get();
    int waiting = current.waiting();
    // Asked afterwards: if it is still closed now, it was closed when those who wait were counted.
    return current.isOpen() ? new Statistics(true, 0) : new Statistics(false, waiting);
  }

  private Latch closed() {
    return new Latch(this::awaited);
  }

  private Awaited awaited() {
    return Awaited.of("event").in("not set, " + statistics().waiting() + " waiting");
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return now.set() ? "AsyncEvent[set]" : "AsyncEvent[not set, waiting " + now.waiting() + "]";
  }

  /**
   * A consistent view of an event.
   *
   * @param set whether it is set
   * @param waiting how many tasks wait
   */
  public record Statistics(boolean set, int waiting) {}
}
