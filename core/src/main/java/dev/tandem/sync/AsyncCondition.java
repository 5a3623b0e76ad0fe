package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.WaitList;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits, under a lock, for something that others bring about.
 *
 * <pre>{@code
 * var changed = AsyncCondition.create();
 * try (var held = changed.lock().lock()) {
 *   changed.await(() -> stock > 0);
 *   stock--;
 * }
 * }</pre>
 *
 * <p>Signals are what asyncio calls notifications; {@code notify} is a final method of every Java
 * object, and another thing. Whoever waits or signals has the lock. A wait gives the lock back,
 * however often it is held, and has it again when it returns or throws. It never ends without a
 * reason, but what it waited for may be gone by the time it has the lock: with {@link
 * #await(BooleanSupplier)} it looks again.
 *
 * <p><b>Fairness.</b> First come, first signalled; those who were signalled then take the lock in
 * turn with everybody else who waits for it.
 *
 * <p><b>Cancellation.</b> A signal is given to somebody who still waits, or to nobody. A wait that
 * was cancelled, interrupted or out of time before it was signalled throws, or says so, and has
 * used up no signal. A wait that was signalled returns normally, even if it is cancelled while it
 * takes the lock again; the cancellation is thrown by the next wait of that task. Taking the lock
 * again cannot be cancelled, and is no part of any time limit. What was done before a signal
 * happens-before the wait returns. When a task ends that has the lock and has not given it back,
 * nobody can signal any more: every wait throws a {@link LockOwnershipException} that names it.
 */
public final class AsyncCondition {

  private final AsyncLock lock;

  // Guarded by the guard of the lock's queue.
  private final WaitList<LockQueue.Notice> notices = new WaitList<>();

  private AsyncCondition(AsyncLock lock) {
    this.lock = lock;
  }

  /** A condition with a lock of its own. */
  public static AsyncCondition create() {
    return new AsyncCondition(AsyncLock.create());
  }

  /** A condition under a lock that others may use as well. */
  public static AsyncCondition of(AsyncLock lock) {
    return new AsyncCondition(requireNonNull(lock, "lock"));
  }

  public AsyncLock lock() {
    return lock;
  }

  /**
   * Waits for a signal.
   *
   * @throws LockOwnershipException when the caller does not have the lock
   * @throws InterruptedException when cancelled or interrupted; then no signal was used up
   */
  public void await() throws InterruptedException {
    lock.checkOwner("wait");
    lock.queue.await(notices, TaskRuntime.NEVER);
  }

  /**
   * Waits for a signal, but not longer than {@code atMost}.
   *
   * @return false when the time passed first
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws LockOwnershipException when the caller does not have the lock
   * @throws InterruptedException when cancelled or interrupted; then no signal was used up
   */
  public boolean await(Duration atMost) throws InterruptedException {
    long deadline = deadline(atMost);
    lock.checkOwner("wait");
    return lock.queue.await(notices, deadline);
  }

  /**
   * Waits until {@code isSo}, which is asked at once and after each signal, under the lock.
   *
   * @throws LockOwnershipException when the caller does not have the lock
   * @throws InterruptedException when cancelled or interrupted before it was so
   */
  public void await(BooleanSupplier isSo) throws InterruptedException {
    requireNonNull(isSo, "isSo");
    lock.checkOwner("wait");
    while (!isSo.getAsBoolean()) {
      lock.queue.await(notices, TaskRuntime.NEVER);
    }
  }

  /**
   * Waits until {@code isSo}, but not longer than {@code atMost}.
   *
   * @return what {@code isSo} said last: false when the time passed before it was so
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws LockOwnershipException when the caller does not have the lock
   * @throws InterruptedException when cancelled or interrupted before it was so
   */
  public boolean await(BooleanSupplier isSo, Duration atMost) throws InterruptedException {
    requireNonNull(isSo, "isSo");
    long deadline = deadline(atMost);
    lock.checkOwner("wait");
    while (!isSo.getAsBoolean()) {
      if (!lock.queue.await(notices, deadline)) {
        return isSo.getAsBoolean();
      }
    }
    return true;
  }

  /**
   * Wakes who has waited longest, if anybody waits.
   *
   * @throws LockOwnershipException when the caller does not have the lock
   */
  public void signal() {
    signal(1);
  }

  /**
   * Wakes at most {@code count} of those who wait, who has waited longest first.
   *
   * @throws IllegalArgumentException when {@code count} is below 1
   * @throws LockOwnershipException when the caller does not have the lock
   */
  public void signal(int count) {
    Names.atLeastOne(count, "count");
    lock.checkOwner("signal");
    lock.queue.signal(notices, count);
  }

  /**
   * Wakes all who wait.
   *
   * @throws LockOwnershipException when the caller does not have the lock
   */
  public void signalAll() {
    signal(Integer.MAX_VALUE);
  }

  /** Those who wait for a signal, and the lock, at one moment. */
  public Statistics statistics() {
    LockQueue.Snapshot now = lock.queue.snapshot(notices);
    return new Statistics(now.waitingForSignal(), now.ofLock());
  }

  @Override
  public String toString() {
    return "AsyncCondition[waiting " + statistics().waiting() + ", of " + lock + "]";
  }

  private static long deadline(Duration atMost) {
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    return Durations.after(Context.currentRuntime().now(), nanos);
  }

  /**
   * A consistent view of a condition.
   *
   * @param waiting how many tasks wait for a signal
   * @param lock the lock, for which those wait who were signalled
   */
  public record Statistics(int waiting, AsyncLock.Statistics lock) {}
}
