package dev.tandem;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.StopCause.Kind;
import dev.tandem.internal.Baggage;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Group;
import dev.tandem.internal.Scope;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Gather}. */
final class GatherRun<I extends @Nullable Object, R extends @Nullable Object> {

  /*
   * Chained lanes. A thread for each item would be the obvious way; starting it costs more than a
   * short item. Here a lane, which is a thread, claims the next item, starts its successor, works
   * on the item, and goes on claiming until none is left. While a lane is blocked its successor
   * runs the rest, so nothing waits that could run; and when items are short, a few lanes do them
   * all before their successors get going. With a limit of k there are at most k lanes.
   */

  private final Gather<I> gather;
  private final ItemWork<? super I, ? extends R, ? extends Exception> work;
  private final boolean keepsFailures;
  private final ItemSource<I> source;
  private final Group group;
  private final Failures failures = new Failures();
  private final AtomicInteger lanes = new AtomicInteger();

  // Unpacked for each item anew, so that what an item changes is not the next one's.
  private final Baggage.@Nullable Around baggage = Baggage.capture();

  // Volatile: set by lanes, read by the caller after they have ended.
  private volatile boolean cutShort;

  private GatherRun(
      Gather<I> gather,
      ItemWork<? super I, ? extends R, ? extends Exception> work,
      boolean keepsFailures,
      Context context) {
    this.gather = gather;
    this.work = work;
    this.keepsFailures = keepsFailures;
    this.source = ItemSource.of(gather.items);
    this.group = new Group(null, context);
  }

  /** The results in input order; {@code X} is whatever the work throws. */
  static <I extends @Nullable Object, R extends @Nullable Object, X extends Exception>
      List<R> results(Gather<I> gather, ItemWork<? super I, ? extends R, ? extends Exception> work)
          throws X, InterruptedException {
    return GatherRun.<I, R, R, X>start(gather, work, false);
  }

  /** The outcomes in input order. */
  static <I extends @Nullable Object, R extends @Nullable Object> List<Outcome<I, R>> outcomes(
      Gather<I> gather, ItemWork<? super I, ? extends R, ? extends Exception> work)
      throws InterruptedException {
    return GatherRun.<I, R, Outcome<I, R>, RuntimeException>start(gather, work, true);
  }

  @SuppressWarnings("unchecked") // what the source keeps is what the lanes put there
  private static <
          I extends @Nullable Object,
          R extends @Nullable Object,
          E extends @Nullable Object,
          X extends Exception>
      List<E> start(
          Gather<I> gather,
          ItemWork<? super I, ? extends R, ? extends Exception> work,
          boolean keepsFailures)
          throws X, InterruptedException {
    try {
      return (List<E>)
          Context.call(
              context -> new GatherRun<I, R>(gather, work, keepsFailures, context).execute());
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  private List<?> execute() throws Throwable {
    Context context = group.context();
    context.enter(group);
    InterruptedException outside;
    try {
      if (source.mayHaveMore()) {
        lanes.set(1);
        group.start(new Lane());
      }
    } finally {
      outside =
          group.join(
              new StopCause(Kind.INTERRUPT, "the thread of the gather was interrupted", null),
              new StopCause(Kind.WORK_DONE, "the gather is done", null));
      context.leave(group);
    }
    conclude(outside);
    return source.results();
  }

  private void conclude(@Nullable InterruptedException outside) throws Throwable {
    StopCause own = (StopCause) group.ownCause();
    if (own != null && own.kind == Kind.FAILURE) {
      if (outside != null) {
        Thread.currentThread().interrupt();
      }
      throw failures.attachTo(failures.first());
    }
    if (outside != null) {
      throw failures.attachTo(outside);
    }
    Scope around = group.parent();
    CancelCause cause = around == null ? null : around.effectiveCause();
    if (cause != null && (cutShort || source.mayHaveMore() || !failures.isEmpty())) {
      throw failures.attachTo(cause.exception());
    }
  }

  private void fail(String path, Throwable failure) {
    failures.add(path, failure);
    if (group.effectiveCause() == null) {
      group.cancel(new StopCause(Kind.FAILURE, path + " failed: " + Words.of(failure), failure));
    }
  }

  /** A thread that works on one item after the other. */
  private final class Lane extends Fiber {

    // Read by whoever asks for the path; an old value is as good.
    private int index = -1;

    Lane() {
      super(group, false);
    }

    @Override
    public @Nullable String label() {
      return index < 0 ? null : gather.name + "#" + index;
    }

    @Override
    protected void body() throws Throwable {
      ItemSource.Claim<I> claim = source.claim();
      if (claim == null) {
        return;
      }
      if (source.mayHaveMore() && lanes.getAndIncrement() < gather.limit) {
        group.start(new Lane());
      }
      while (claim != null) {
        index = claim.index();
        work(claim);
        // What an item left behind, or what was sent to it too late, is not the next one's.
        Thread.interrupted();
        if (ownCause() != null) {
          return;
        }
        claim = source.claim();
      }
    }

    @Override
    protected Baggage.@Nullable Around baggage() {
      return null;
    }

    private void work(ItemSource.Claim<I> claim) {
      I item = claim.item();
      try {
        R result =
            baggage == null ? work.run(item) : Baggage.<R>call(baggage, () -> work.run(item));
        source.put(claim.index(), keepsFailures ? new Success<>(item, result) : result);
      } catch (Throwable thrown) {
        CancelCause cause = ownCause();
        boolean stopped =
            Endings.acknowledges(thrown, cause != null, context().wasInterrupted(), context());
        if (cause != null && stopped) {
          cutShort = true;
          source.put(claim.index(), new Cancelled<I, R>(item, StopCause.cancellation(cause)));
          if (!Endings.isMereInterrupt(thrown)) {
            failures.add(path(), thrown);
          }
        } else if (keepsFailures) {
          source.put(claim.index(), new Failure<I, R>(item, thrown));
        } else {
          fail(path(), thrown);
        }
      }
    }

    @Override
    protected void over(@Nullable Throwable thrown, boolean interruptSent) {
      if (thrown == null) {
        return;
      }
      if (Endings.acknowledges(thrown, ownCause() != null, interruptSent, context())) {
        cutShort = true;
        if (!Endings.isMereInterrupt(thrown)) {
          failures.add(path(), thrown);
        }
      } else {
        fail(path(), thrown);
      }
    }
  }
}
