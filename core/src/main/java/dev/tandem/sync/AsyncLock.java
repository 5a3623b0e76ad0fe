package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.Action;
import dev.tandem.Work;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.WaitList;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One at a time, and one knows who.
 *
 * <pre>{@code
 * var lock = AsyncLock.create();
 * try (var held = lock.lock()) {
 *   balance.move(from, to);
 * }
 * }</pre>
 *
 * <p>A lock belongs to the thread that locked it, which in Tandem is a task. The owner that locks
 * again is refused, for it would wait for itself; the lock of {@link #reentrant} is not so strict
 * and counts. Only the owner gives a lock back. Work that the owner has offloaded to another thread
 * is not the owner. A task that ends without giving the lock back leaves nobody who could: whoever
 * waits for it then, or comes later, is told by a {@link LockOwnershipException}, and what the lock
 * guards is as it was left. (Of an owner outside of tasks this is noticed when the next one comes.)
 *
 * <p><b>Fairness.</b> First come, first served. The lock is handed over: nobody gets in between.
 *
 * <p><b>Cancellation.</b> A lock call that throws did not take the lock, and a task that gave up
 * waiting is never handed it. Giving it back happens-before the next owner has it.
 */
public final class AsyncLock {

  private static final WaitList<LockQueue.Notice> NOBODY = new WaitList<>();

  private final String name;
  private final boolean reentrant;
  final LockQueue queue;

  private AsyncLock(String name, boolean reentrant) {
    this.name = name;
    this.reentrant = reentrant;
    queue = new LockQueue(name);
  }

  /** A lock that its owner must not lock again. */
  public static AsyncLock create() {
    return create("");
  }

  /** A lock that messages call by a name. */
  public static AsyncLock create(String name) {
    return new AsyncLock(requireNonNull(name, "name"), false);
  }

  /** A lock that its owner may lock again; it is free when every hold is closed. */
  public static AsyncLock reentrant() {
    return reentrant("");
  }

  /** A lock that its owner may lock again, and that messages call by a name. */
  public static AsyncLock reentrant(String name) {
    return new AsyncLock(requireNonNull(name, "name"), true);
  }

  /**
   * Takes the lock, waiting in turn for it.
   *
   * @throws SelfDeadlockException when the caller has it already and it is not reentrant
   * @throws LockOwnershipException when its owner has ended without giving it back
   * @throws InterruptedException when cancelled or interrupted; then the lock was not taken
   */
  public Hold lock() throws InterruptedException {
    checkAgain();
    Owner me = Owner.current();
    queue.lock(me, TaskRuntime.NEVER);
    return new Hold(this, me);
  }

  /**
   * Takes the lock if it is free.
   *
   * @throws SelfDeadlockException when the caller has it already and it is not reentrant
   * @throws LockOwnershipException when its owner has ended without giving it back
   */
  public Optional<Hold> tryLock() {
    checkAgain();
    Owner me = Owner.current();
    return queue.tryLock(me) ? Optional.of(new Hold(this, me)) : Optional.empty();
  }

  /**
   * Takes the lock, waiting in turn, but not longer than {@code atMost}.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws SelfDeadlockException when the caller has it already and it is not reentrant
   * @throws LockOwnershipException when its owner has ended without giving it back
   * @throws InterruptedException when cancelled or interrupted; then the lock was not taken
   */
  public Optional<Hold> tryLock(Duration atMost) throws InterruptedException {
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    checkAgain();
    long deadline = Durations.after(Context.currentRuntime().now(), nanos);
    Owner me = Owner.current();
    return queue.lock(me, deadline) ? Optional.of(new Hold(this, me)) : Optional.empty();
  }

  /**
   * Runs {@code body} with the lock, which is given back when this returns or throws.
   *
   * @return what the body returned
   * @throws X as the body threw it
   * @throws SelfDeadlockException when the caller has it already and it is not reentrant
   * @throws LockOwnershipException when its owner has ended without giving it back
   * @throws InterruptedException when cancelled or interrupted
   */
  public <T extends @Nullable Object, X extends Exception> T run(Work<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    try (var _ = lock()) {
      return body.run();
    }
  }

  /** Like {@link #run(Work)}, for a body that returns nothing. */
  public <X extends Exception> void run(Action<X> body) throws X, InterruptedException {
    requireNonNull(body, "body");
    try (var _ = lock()) {
      body.run();
    }
  }

  public boolean isLocked() {
    return queue.owner() != null;
  }

  public boolean isHeldByCurrentThread() {
    return Owner.isCurrent(queue.owner());
  }

  /** The owner and those who wait, at one moment. */
  public Statistics statistics() {
    return queue.snapshot(NOBODY).ofLock();
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return called()
        + now.owner().map(owner -> "[held by " + owner).orElse("[free")
        + (queue.isAbandoned() ? ", which has ended" : "")
        + (now.holds() > 1 ? " " + now.holds() + " times" : "")
        + ", waiting "
        + now.waiting()
        + "]";
  }

  String called() {
    return Names.of("AsyncLock", name);
  }

  /** Throws unless the current thread has the lock. */
  void checkOwner(String doing) {
    Owner owner = queue.owner();
    if (!Owner.isCurrent(owner)) {
      throw new LockOwnershipException(
          called()
              + (owner == null ? " is free" : " is held by " + owner.where())
              + ", and only its owner may "
              + doing
              + "; this is "
              + Owner.current().where());
    }
  }

  private void checkAgain() {
    if (!reentrant && isHeldByCurrentThread()) {
      throw new SelfDeadlockException(called(), Owner.current().where());
    }
  }

  /** The lock while it is held; closing it gives the lock back. */
  public static final class Hold implements AutoCloseable {

    private final AsyncLock lock;
    private final Owner owner;
    private boolean closed;

    private Hold(AsyncLock lock, Owner owner) {
      this.lock = lock;
      this.owner = owner;
    }

    /**
     * Gives the lock back; when it was locked several times, one of those. Further calls do
     * nothing.
     *
     * @throws LockOwnershipException when called by another thread than the one that locked it
     */
    @Override
    public void close() {
      if (!Owner.isCurrent(owner)) {
        throw new LockOwnershipException(
            lock.called()
                + " was locked by "
                + owner.where()
                + ", which alone may give it back; this is "
                + Owner.current().where());
      }
      if (!closed) {
        closed = true;
        lock.queue.unlock();
      }
    }
  }

  /**
   * A consistent view of a lock.
   *
   * @param owner the path of the task that has it, or the name of its thread; empty when it is free
   * @param holds how many times it is locked; more than 1 only for a reentrant one
   * @param waiting how many tasks wait
   */
  public record Statistics(Optional<String> owner, int holds, int waiting) {}
}
