package dev.tandem;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on a platform thread while the caller waits: asyncio's {@code to_thread} and {@code
 * run_in_executor}. For code that holds on to its carrier thread (native calls), that computes for
 * long, or that belongs on threads of somebody else's. Blocking alone is no reason: a virtual
 * thread may block.
 *
 * <pre>{@code
 * Digest digest = Offload.cpu().run(() -> sha256(image));
 * Row row = Offload.toThread(() -> nativeDriver.query(sql));
 * }</pre>
 *
 * <p>The work belongs to the caller: it sees the caller's deadlines, waits of Tandem in it are
 * cancelled with the caller's scope, and its path is the caller's with the name of the work. Under
 * virtual time, time stands still while it runs, except in waits of Tandem; a place is best not
 * shared with tasks on another clock, for while a caller waits for those its own time goes on.
 *
 * <p><b>Cancellation.</b> When the caller is cancelled or interrupted, work that has not begun
 * never begins. Work that has begun is cancelled, which interrupts its thread, and the caller waits
 * for it to end; see {@link #abandonOnCancel} for work that takes no notice. If it returns a value
 * nevertheless, the value counts. No interrupt reaches the thread once it has left the work.
 *
 * <p><b>Fairness.</b> Who waits for a thread is served first come, first served.
 *
 * <p><b>Nesting.</b> Work that offloads to the place it runs in goes on where it is, on the same
 * thread, so that it does not wait for itself. Work that waits for other <em>tasks</em> which
 * offload to the same place holds its thread meanwhile, and so does work that offloads to another
 * place, the work of which offloads back: with all threads held in this way, it waits for ever.
 * Only {@link #cpu} is safe against that; elsewhere leave threads to spare, or set a timeout.
 */
public sealed interface Offload permits OffloadPool, OffloadView {

  /**
   * Runs {@code work} on a thread of its own.
   *
   * @see #thread
   */
  static <T extends @Nullable Object, X extends Exception> T toThread(Work<T, X> work)
      throws X, InterruptedException {
    return thread().run(work);
  }

  /** Like {@link #toThread(Work)}, for work that returns nothing. */
  static <X extends Exception> void toThread(Action<X> work) throws X, InterruptedException {
    thread().run(work);
  }

  /** A new platform thread for each work, in the whole program at most 40 at once. */
  static Offload thread() {
    return OffloadView.of(OffloadSite.Shared.THREADS);
  }

  /**
   * A new platform thread for each work, at most {@code limit} at once. Keep the value and share
   * it: each has a limit of its own.
   *
   * @throws IllegalArgumentException when {@code limit} is below 1
   */
  static Offload threads(int limit) {
    return OffloadView.of(OffloadSite.threads(limit));
  }

  /**
   * For computations: as many platform threads as there are processors, in the whole program. When
   * all are taken, a computation that was started by another of them is done where it is, so that
   * computations may wait for each other to any depth. Long ones should call {@link
   * Tandem#checkpoint} now and then, or cancellation does not reach them.
   */
  static Offload cpu() {
    return OffloadView.of(OffloadSite.Shared.CPU);
  }

  /**
   * A pool of at most {@code size} platform threads, made when they are needed.
   *
   * @param name what its threads are called, and what messages call it
   * @throws IllegalArgumentException when {@code size} is below 1
   */
  static OffloadPool pool(String name, int size) {
    return new OffloadPool(name, size);
  }

  /**
   * The caller's own executor, which stays the caller's to close. An executor that refuses a work
   * makes it fail with {@link OffloadRejectedException}; one that takes a work and drops it makes
   * its caller wait until it is cancelled.
   */
  static Offload on(Executor executor) {
    requireNonNull(executor, "executor");
    return OffloadView.of(OffloadSite.on(executor, Integer.MAX_VALUE));
  }

  /**
   * The caller's own executor, which is given at most {@code limit} works at once; further callers
   * wait in turn instead of filling its queue. Keep the value and share it: each has a limit of its
   * own.
   *
   * @throws IllegalArgumentException when {@code limit} is below 1
   */
  static Offload on(Executor executor, int limit) {
    requireNonNull(executor, "executor");
    return OffloadView.of(OffloadSite.on(executor, limit));
  }

  /**
   * Runs {@code work} there and waits for it.
   *
   * @return what the work returned
   * @throws X as the work threw it
   * @throws OffloadRejectedException when the place is closed, or its executor refused
   * @throws TaskCancelledException when the work was cut short although nobody cancelled the
   *     caller: whoever was closing the place was cancelled
   * @throws CancelledException when a scope around the caller was cancelled, and the work did not
   *     begin or was cut short; what it threw then is suppressed
   * @throws InterruptedException when the caller's thread was interrupted from outside
   */
  <T extends @Nullable Object, X extends Exception> T run(Work<T, X> work)
      throws X, InterruptedException;

  /** Like {@link #run(Work)}, for work that returns nothing. */
  <X extends Exception> void run(Action<X> work) throws X, InterruptedException;

  /** The same place, where works are called {@code name} in paths and messages. */
  Offload named(String name);

  /**
   * The same place, for work that takes no notice of interrupts, such as a name look-up: a caller
   * that is cancelled goes on at once. Trio's {@code abandon_on_cancel}.
   */
  AbandonableOffload abandonOnCancel();

  /** What goes on there at one moment. */
  Statistics statistics();

  /**
   * A view of a place.
   *
   * @param size how many works may run at once
   * @param busy how many run, the abandoned ones among them
   * @param waiting how many callers wait for their turn
   * @param abandoned how many run although nobody waits for them any more
   */
  record Statistics(int size, int busy, int waiting, int abandoned) {}
}
