package dev.tandem;

import dev.tandem.StopCause.Kind;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Baggage;
import dev.tandem.internal.Context;
import dev.tandem.internal.Crew;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.PlatformThreads;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A place where offloaded work runs: so many at once, on threads of an executor. */
final class OffloadSite {

  private final String name;
  private final Executor host;
  private final int size;
  private final boolean yields;
  private final PermitQueue permits;
  private final Crew crew = new Crew();

  /**
   * A place for {@code size} works at once.
   *
   * @param yields whether work of work's tasks runs where it is when there is no room for it
   */
  OffloadSite(String name, Executor host, int size, boolean yields) {
    this.name = name;
    this.host = host;
    this.size = size;
    this.yields = yields;
    this.permits = new PermitQueue(size, this::awaited);
  }

  static OffloadSite threads(int limit) {
    Executor fresh = PlatformThreads.fresh("tandem-thread");
    return new OffloadSite("the threads for offloading", fresh, checked(limit, "limit"), false);
  }

  static OffloadSite on(Executor executor, int limit) {
    // Not what the executor says of itself, which changes.
    String name = "the executor, a " + executor.getClass().getSimpleName();
    return new OffloadSite(name, executor, checked(limit, "limit"), false);
  }

  static int checked(int count, String what) {
    if (count < 1) {
      throw new IllegalArgumentException(
          what + " must be at least 1, but was " + count + "; pass how many works may run at once");
    }
    return count;
  }

  <T extends @Nullable Object, X extends Exception> T run(
      String workName, Work<T, X> work, @Nullable Disposal<? super T> late)
      throws X, InterruptedException {
    OffloadCall<?> around = workAround();
    if (around != null && around.context() == Context.current()) {
      return work.run();
    }
    // Before a permit is taken: this runs code of others, and may throw.
    Baggage.Around baggage = Baggage.capture();
    if (around != null && yields) {
      if (!permits.tryAcquire(1)) {
        return work.run();
      }
    } else if (!permits.acquire(1, TaskRuntime.NEVER)) {
      throw closed(workName);
    }
    try {
      return Context.call(
          context -> new OffloadCall<T>(this, context, workName, work, late, baggage).execute());
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  /** The threads for it. */
  Executor host() {
    return host;
  }

  /** Those who work here. */
  Crew crew() {
    return crew;
  }

  /** Told by a work that is over. */
  void ended(OffloadCall<?> call) {
    crew.ended(call);
    permits.release(1);
  }

  Offload.Statistics statistics() {
    PermitQueue.Snapshot now = permits.snapshot();
    int busy = Math.toIntExact(size - now.available());
    return new Offload.Statistics(size, busy, now.waiting(), Math.min(busy, crew.abandoned()));
  }

  void close() {
    if (workAround() != null) {
      throw new StructureException(
          name + " was to be closed by its own work, which it would wait for; close it outside");
    }
    crew.close();
    permits.shut();
    crew.awaitEnd(
        new StopCause(Kind.REQUEST, name + " is being closed", null), Defaults.OFFLOAD_ABANDONED);
  }

  OffloadRejectedException closed(String workName) {
    return new OffloadRejectedException(
        "'" + workName + "' was not begun, for " + name + " is closed; close it after its callers",
        null);
  }

  OffloadRejectedException refused(String workName, Throwable refusal) {
    return new OffloadRejectedException(
        "'"
            + workName
            + "' was refused by "
            + name
            + ", as it is shut down or full; if it is full, give Offload.on a limit, so that"
            + " callers wait instead",
        refusal);
  }

  @Override
  public String toString() {
    Offload.Statistics now = statistics();
    return "Offload["
        + name
        + ", busy "
        + now.busy()
        + "/"
        + now.size()
        + ", waiting "
        + now.waiting()
        + ", abandoned "
        + now.abandoned()
        + "]";
  }

  private Awaited awaited() {
    return Awaited.of("room to offload").named(name).in(permits.snapshot().inWords(size));
  }

  /** The work of this place that the current thread is in, or a task of such work. */
  private @Nullable OffloadCall<?> workAround() {
    Scope innermost = Context.currentScope();
    for (Scope scope = innermost; scope != null; scope = scope.parent()) {
      if (scope instanceof OffloadCall<?> call && call.site() == this) {
        return call;
      }
    }
    return null;
  }

  /** The places that are there for the whole program. */
  static final class Shared {
    static final OffloadSite THREADS = threads(Defaults.OFFLOAD_THREADS);
    static final OffloadSite CPU = cpu(Runtime.getRuntime().availableProcessors());

    private Shared() {}

    private static OffloadSite cpu(int processors) {
      Executor threads = PlatformThreads.pool("tandem-cpu", processors, Defaults.OFFLOAD_IDLE);
      return new OffloadSite("the threads for computing", threads, processors, true);
    }
  }
}
