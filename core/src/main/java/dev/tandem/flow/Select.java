package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.Work;
import dev.tandem.internal.Context;
import dev.tandem.internal.Lists;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does exactly one of several things with queues: whichever can be done first.
 *
 * <pre>{@code
 * String line =
 *     Select.of(
 *             alarms.taking(alarm -> "alarm: " + alarm.text()),
 *             readings.taking(reading -> reading.value() + " volts"))
 *         .run();
 * }</pre>
 *
 * <p>What can be done at once is done at once. Otherwise the task stands in line at all the queues
 * together until one of them serves it; the others it leaves, and nothing is taken from them or put
 * into them. The result is made by the clause's own code, after that, in the calling task; if that
 * code throws, the item was nevertheless taken, or put in.
 *
 * <p><b>Shutdown.</b> To take from a queue that is shut down, with nothing left, is left out of the
 * choice; when there is nothing but such clauses, the select throws {@link QueueShutDownException}.
 * A queue that was shut down with a cause makes the select throw it as soon as nothing is left, and
 * so does putting into a queue that is shut down: it would never be noticed otherwise.
 *
 * <p><b>Fairness.</b> When several can be done at once, the first in the order given is done,
 * always: put what is urgent first, and mind that what stands behind it may starve. (Where all
 * clauses are about rendezvous, somebody who comes to an earlier one while the select looks at a
 * later one may be passed over.) In the line of each queue a select waits in turn, like any taker
 * or putter. When one of its queues is shut down meanwhile, it lines up anew at the others.
 *
 * <p><b>Cancellation.</b> A select that throws because of cancellation or an interrupt, or whose
 * time has passed, took nothing and put nothing in.
 *
 * <p>A select can be run again and again, by several tasks at a time. After Hoare's guarded
 * commands and the select of Go, whose order of locking it uses.
 *
 * @param <R> what comes of it
 * @param <X> what the clauses' own code throws
 */
public final class Select<R, X extends Exception> {

  private final List<Clause<? extends R, ? extends X>> clauses;

  /** The locks of the queues, each once, in the order in which they are taken. */
  private final List<WakingLock> locks = new ArrayList<>();

  /** Whether two can meet without a lock at each of the queues, of which none is there twice. */
  private final boolean canMeet;

  private Select(List<Clause<? extends R, ? extends X>> clauses) {
    this.clauses = clauses;
    for (Clause<? extends R, ? extends X> clause : clauses) {
      if (!locks.contains(clause.mutex())) {
        locks.add(clause.mutex());
      }
    }
    locks.sort(Comparator.comparingLong(lock -> lock.number));
    canMeet =
        locks.size() == clauses.size()
            && clauses.stream().allMatch(clause -> clause.spot() != null);
  }

  /**
   * A choice between {@code clauses}, of which the first that can be done is preferred.
   *
   * @throws IllegalArgumentException when there is no clause
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <R, X extends Exception> Select<R, X> of(
      Clause<? extends R, ? extends X>... clauses) {
    return of(Lists.copyOf(clauses, "clauses"));
  }

  /**
   * A choice between {@code clauses}, of which the first that can be done is preferred.
   *
   * @throws IllegalArgumentException when there is no clause
   */
  public static <R, X extends Exception> Select<R, X> of(
      List<? extends Clause<? extends R, ? extends X>> clauses) {
    List<Clause<? extends R, ? extends X>> copy = Lists.copyOf(clauses, "clauses");
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("a select needs at least one clause to choose from");
    }
    return new Select<>(copy);
  }

  /**
   * Takes the next item from whichever queue has one first; the first in the order given goes
   * before.
   *
   * @throws QueueShutDownException when all are shut down and nothing is left
   * @throws InterruptedException when cancelled or interrupted; then nothing was taken
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <E> E takeAny(AsyncQueue<? extends E>... queues) throws InterruptedException {
    List<Clause<? extends E, RuntimeException>> clauses = new ArrayList<>();
    for (AsyncQueue<? extends E> queue : Lists.copyOf(queues, "queues")) {
      clauses.add(queue.taking());
    }
    return Select.<E, RuntimeException>of(clauses).run();
  }

  /**
   * Does the first that can be done, waiting for it.
   *
   * @throws X what the code of the clause throws
   * @throws QueueShutDownException when no clause can ever be done
   * @throws InterruptedException when cancelled or interrupted; then nothing was done, unless the
   *     code of the clause threw it
   */
  public R run() throws X, InterruptedException {
    var done = choose(TaskRuntime.NEVER);
    if (done == null) {
      throw new AssertionError("never came");
    }
    return finish(done);
  }

  /**
   * Does the first that can be done, waiting for it, but not longer than {@code atMost}. The time
   * does not count for the code of the clause.
   *
   * @return empty when the time passed first; then nothing was done
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws X what the code of the clause throws
   * @throws QueueShutDownException when no clause can ever be done
   * @throws InterruptedException when cancelled or interrupted; then nothing was done, unless the
   *     code of the clause threw it
   */
  public Optional<R> within(Duration atMost) throws X, InterruptedException {
    var done = choose(Waits.deadline(atMost));
    return done == null ? Optional.empty() : Optional.of(finish(done));
  }

  /**
   * Does the first that can be done at once.
   *
   * @return empty when there is none
   * @throws X what the code of the clause throws
   * @throws QueueShutDownException when no clause can ever be done
   * @throws InterruptedException when the code of the clause throws it
   */
  public Optional<R> poll() throws X, InterruptedException {
    var done = chooseNow();
    return done == null ? Optional.empty() : Optional.of(finish(done));
  }

  private R finish(Work<? extends R, ? extends X> done) throws X, InterruptedException {
    return requireNonNull(done.run(), "what comes of a select");
  }

  /** Chooses and does it; returns what remains, or null when the deadline passed first. */
  private @Nullable Work<? extends R, ? extends X> choose(long deadline)
      throws InterruptedException {
    if (clauses.size() == 1) {
      return clauses.getFirst().await(deadline);
    }
    Context context = Parking.enter();
    while (true) {
      Work<? extends R, ? extends X> met = meet();
      if (met != null) {
        return met;
      }
      Choice<R, X> choice = new Choice<>(context, clauses);
      boolean claimed = false;
      try {
        if (!canMeet || !choice.stand()) {
          Work<? extends R, ? extends X> done = doOrJoin(choice);
          if (done != null) {
            return done;
          }
        }
        choice.look();
        claimed = Parking.await(choice, deadline);
      } finally {
        choice.leave();
      }
      Work<? extends R, ? extends X> done = choice.served();
      if (done != null || !claimed) {
        return done;
      }
      // A queue was shut down: the choice is another one now.
    }
  }

  /** Does what can be done at once; returns what remains, or null when there is nothing. */
  private @Nullable Work<? extends R, ? extends X> chooseNow() {
    Work<? extends R, ? extends X> met = meet();
    if (met != null) {
      return met;
    }
    Choice<R, X> choice = new Choice<>(null, clauses);
    lock();
    try {
      return choice.now();
    } finally {
      unlock();
    }
  }

  /** Meets the first who stands at a spot, without a lock; null when that needs the locks. */
  private @Nullable Work<? extends R, ? extends X> meet() {
    for (int i = 0; canMeet && i < clauses.size(); i++) {
      Clause<? extends R, ? extends X> clause = clauses.get(i);
      Work<? extends R, ? extends X> met = clause.meet();
      Spot<?> spot = clause.spot();
      if (met != null || spot == null || !spot.isFree()) {
        return met;
      }
    }
    return null;
  }

  /** Does what can be done, and returns what remains of it, or joins all lines. */
  private @Nullable Work<? extends R, ? extends X> doOrJoin(Choice<R, X> choice) {
    // Whoever came to a spot before the choice did may be met there, if it has not been seen.
    Work<? extends R, ? extends X> met = choice.isUnknown() ? meet() : null;
    if (met != null) {
      return met;
    }
    lock();
    try {
      return choice.doOrJoin();
    } finally {
      unlock();
    }
  }

  private void lock() {
    int held = 0;
    try {
      for (WakingLock lock : locks) {
        lock.lock();
        held++;
        // The order of one queue must not ask any other that is held with it.
        lock.ownedHere();
      }
    } catch (Throwable refused) {
      unlock(held);
      throw refused;
    }
  }

  private void unlock() {
    unlock(locks.size());
  }

  private void unlock(int held) {
    for (int i = 0; i < held; i++) {
      WakingLock lock = locks.get(i);
      lock.ownedBy(null);
      lock.unlock();
    }
  }
}
