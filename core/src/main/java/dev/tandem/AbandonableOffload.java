package dev.tandem;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Runs work on a platform thread and does not wait for it to stop when the caller is cancelled.
 *
 * <pre>{@code
 * Handle handle =
 *     Offload.thread().abandonOnCancel().run(() -> driver.open(name), late -> late.release());
 * }</pre>
 *
 * <p><b>Cancellation.</b> When the caller is cancelled or interrupted, the work is cancelled, which
 * interrupts its thread once, and the caller goes on at once. The work goes on alone, and keeps its
 * place until it ends: {@link Offload#statistics} counts it as abandoned. Exactly one of two things
 * happens to what it returns: the caller gets it, or it is disposed of, on the thread of the work.
 * What it throws later, or the disposal throws, is logged by {@code dev.tandem.offload}.
 *
 * <p>Work that offloads to the place it runs in, and so goes on where it is, cannot be abandoned
 * apart from the work around it.
 */
public final class AbandonableOffload {

  private final OffloadSite site;
  private final String name;

  AbandonableOffload(OffloadSite site, String name) {
    this.site = site;
    this.name = name;
  }

  /**
   * Like {@link Offload#run(Work)}; a late result that is {@link AutoCloseable} is closed, any
   * other is dropped.
   */
  public <T extends @Nullable Object, X extends Exception> T run(Work<T, X> work)
      throws X, InterruptedException {
    return run(work, AbandonableOffload::close);
  }

  /** Like {@link Offload#run(Action)}. */
  public <X extends Exception> void run(Action<X> work) throws X, InterruptedException {
    this.<@Nullable Void, X>run(Adapters.asWork(work, "work"), late -> {});
  }

  /**
   * Like {@link Offload#run(Work)}.
   *
   * @param late what to do with a result that comes when the caller has gone; it runs outside of
   *     the cancelled scope, so it may wait
   */
  public <T extends @Nullable Object, X extends Exception> T run(
      Work<T, X> work, Disposal<? super T> late) throws X, InterruptedException {
    requireNonNull(work, "work");
    requireNonNull(late, "late");
    return site.<T, X>run(name, work, late);
  }

  private static void close(@Nullable Object late) throws Exception {
    if (late instanceof AutoCloseable resource) {
      resource.close();
    }
  }
}
