package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.ShortLock;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.WaitList;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Tasks that go on together: each waits until all have come.
 *
 * <pre>{@code
 * var start = AsyncBarrier.of(workers);
 * if (start.await() == 0) {
 *   log("all are there");
 * }
 * }</pre>
 *
 * <p>When the last of them comes, all go on and the barrier begins anew, at once: a task that comes
 * back early waits for the next time.
 *
 * <p><b>Fairness.</b> All go on together, first come, first woken.
 *
 * <p><b>Cancellation.</b> A wait that throws, or that was out of time, has left: its place is free,
 * and the others go on waiting. A barrier that all have come to is through for each of them: a task
 * that is cancelled at that moment returns normally, and its next wait throws. What each did before
 * it came happens-before the others go on.
 */
public final class AsyncBarrier {

  /*
   * Whether the barrier has been passed cannot be left to the race for each single wait, or some
   * would go on with one of them missing. It is decided under the lock, for all at once: a task
   * whose wait ended otherwise looks there whether it counts.
   */

  private enum Stage {
    WAITING,
    PASSED,
    ABORTED,
    RESET
  }

  private final int parties;
  private final ShortLock lock = new ShortLock();

  // Guarded by the lock.
  private final WaitList<Place> places = new WaitList<>();
  private boolean broken;

  private AsyncBarrier(int parties) {
    this.parties = parties;
  }

  /**
   * A barrier for so many tasks.
   *
   * @throws IllegalArgumentException when {@code parties} is below 1
   */
  public static AsyncBarrier of(int parties) {
    return new AsyncBarrier(Names.atLeastOne(parties, "parties"));
  }

  /** How many go on together. */
  public int parties() {
    return parties;
  }

  /**
   * Waits until all have come.
   *
   * @return a number from 0 to {@link #parties} - 1, of its own for each of those who go on
   *     together; who came first has 0
   * @throws BarrierBrokenException when the barrier is aborted, before or meanwhile, or is reset
   * @throws InterruptedException when cancelled or interrupted; then the place is free
   */
  public int await() throws InterruptedException {
    return await(TaskRuntime.NEVER).orElseThrow();
  }

  /**
   * Waits until all have come, but not longer than {@code atMost}. If the time passes first, the
   * place is free and the barrier stays whole.
   *
   * @return as with {@link #await()}; empty when the time passed first
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws BarrierBrokenException when the barrier is aborted, before or meanwhile, or is reset
   * @throws InterruptedException when cancelled or interrupted; then the place is free
   */
  public OptionalInt await(Duration atMost) throws InterruptedException {
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    return await(Durations.after(Context.currentRuntime().now(), nanos));
  }

  /** Breaks the barrier: those who wait, and those who come later, get an exception. */
  public void abort() {
    lock.lock();
    try {
      broken = true;
      end(Stage.ABORTED);
    } finally {
      lock.unlock();
    }
  }

  /** Makes the barrier whole and empty; those who wait get an exception. */
  public void reset() {
    lock.lock();
    try {
      broken = false;
      end(Stage.RESET);
    } finally {
      lock.unlock();
    }
  }

  public boolean isBroken() {
    return statistics().broken();
  }

  /** Those who wait, and whether the barrier is broken, at one moment. */
  public Statistics statistics() {
    lock.lock();
    try {
      return new Statistics(parties, places.size(), broken);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return "AsyncBarrier["
        + (now.broken() ? "broken" : "waiting " + now.waiting() + "/" + parties)
        + "]";
  }

  private OptionalInt await(long deadline) throws InterruptedException {
    Parking.checkpoint();
    Place place = new Place();
    lock.lock();
    try {
      if (broken) {
        throw new BarrierBrokenException("the barrier is broken; reset it before it is used again");
      }
      if (places.size() == parties - 1) {
        end(Stage.PASSED);
        return OptionalInt.of(parties - 1);
      }
      places.append(place);
    } finally {
      lock.unlock();
    }
    try {
      boolean inTime = Parking.await(place, deadline);
      return ended(place, inTime);
    } catch (InterruptedException stopped) {
      if (leave(place) != Stage.PASSED) {
        throw stopped;
      }
      // It counted: the interrupt, or the echo of the cancellation, stays for what comes next.
      Thread.currentThread().interrupt();
      return OptionalInt.of(place.index);
    }
  }

  private OptionalInt ended(Place place, boolean inTime) {
    return switch (inTime ? place.stage : leave(place)) {
      case PASSED -> OptionalInt.of(place.index);
      case ABORTED ->
          throw new BarrierBrokenException("the barrier was broken while this task waited at it");
      case RESET ->
          throw new BarrierBrokenException("the barrier was reset while this task waited at it");
      case WAITING -> OptionalInt.empty();
    };
  }

  /** Frees the place, unless that of all was decided before. */
  private Stage leave(Place place) {
    lock.lock();
    try {
      places.remove(place);
      return place.stage;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the wait of all who are there; called with the lock held. */
  private void end(Stage stage) {
    int index = 0;
    for (Place next = places.poll(); next != null; next = places.poll()) {
      next.index = index++;
      next.stage = stage;
      next.signal();
    }
  }

  private final class Place extends WaitList.Entry {
    // Written under the lock, before the wait is ended by it.
    Stage stage = Stage.WAITING;
    int index;

    @Override
    protected Awaited awaited() {
      return Awaited.of("barrier").in("waiting " + statistics().waiting() + "/" + parties);
    }
  }

  /**
   * A consistent view of a barrier.
   *
   * @param parties how many go on together
   * @param waiting how many have come and wait
   * @param broken whether it was aborted and not reset since
   */
  public record Statistics(int parties, int waiting, boolean broken) {}
}
