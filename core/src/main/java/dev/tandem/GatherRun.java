package dev.tandem;

import dev.tandem.StopCause.Kind;
import dev.tandem.internal.Baggage;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Flight;
import dev.tandem.internal.Group;
import dev.tandem.internal.GroupEvent;
import dev.tandem.internal.Moments;
import dev.tandem.internal.Observing;
import dev.tandem.internal.Scope;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Gather}: its lanes. What becomes of each item's end is up to the subclass.
 *
 * @param <I> the items
 * @param <R> what the work returns
 */
abstract class GatherRun<I extends @Nullable Object, R extends @Nullable Object> {

  /*
   * Chained lanes. A thread for each item would be the obvious way; starting it costs more than a
   * short item. Here a lane, which is a thread, claims the next item, starts its successor, works
   * on the item, and goes on claiming until none is left. While a lane is blocked its successor
   * runs the rest, so nothing waits that could run; and when items are short, a few lanes do them
   * all before their successors get going. With a limit of k there are at most k lanes.
   */

  final ItemSource<I> source;
  final Group group;
  final Failures failures = new Failures();

  private final Gather<I> gather;
  private final ItemWork<? super I, ? extends R, ? extends Exception> work;
  private final @Nullable ProgressMeter progress;
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();

  // Unpacked for each item anew, so that what an item changes is not the next one's.
  private final Baggage.@Nullable Around baggage = Baggage.capture();

  // Volatile: set by lanes, read by the caller after they have ended.
  private volatile boolean cutShort;

  GatherRun(
      Gather<I> gather, ItemWork<? super I, ? extends R, ? extends Exception> work, Group group) {
    this.gather = gather;
    this.work = work;
    this.group = group;
    this.source = ItemSource.of(gather.items);
    this.progress =
        gather.progress == null ? null : new ProgressMeter(gather.progress, source.size());
  }

  /** An item's work returned. */
  abstract void succeeded(ItemSource.Claim<I> claim, R value) throws InterruptedException;

  /** An item's work threw of itself. */
  abstract void failed(ItemSource.Claim<I> claim, Throwable failure, String path)
      throws InterruptedException;

  /** An item's work was cancelled. */
  abstract void stopped(ItemSource.Claim<I> claim, CancelCause cause);

  /** The last lane has ended. */
  void allEnded() {}

  /** Works on all items; returns when every lane has ended. */
  final void execute() throws Throwable {
    Context context = group.context();
    GroupEvent recorded = Flight.groupBegins();
    context.enter(group);
    InterruptedException outside;
    try {
      begin();
    } finally {
      outside = join();
      context.leave(group);
      Flight.groupEnds(recorded, group);
    }
    conclude(outside);
  }

  /** Starts the first lane. */
  final void begin() {
    if (source.mayHaveMore()) {
      started.set(1);
      startLane();
    } else {
      allEnded();
    }
  }

  /** Waits for the lanes to end; returns the interrupt from outside that arrived meanwhile. */
  final @Nullable InterruptedException join() {
    return group.join(
        new StopCause(Kind.INTERRUPT, "the thread of the gather was interrupted", null),
        new StopCause(Kind.WORK_DONE, "the gather is done", null));
  }

  /** The first failure ends the run. */
  final void fail(String path, Throwable failure) {
    failures.add(path, failure);
    if (group.effectiveCause() == null) {
      group.cancel(new StopCause(Kind.FAILURE, path + " failed: " + Words.of(failure), failure));
    }
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
      throw failures.attachTo(cause.exception(true));
    }
  }

  private void startLane() {
    Lane lane = new Lane();
    running.incrementAndGet();
    group.start(lane);
  }

  /** A thread that works on one item after the other. */
  private final class Lane extends Fiber {

    // Read by whoever asks for the path; an old value is as good.
    private int index = -1;

    // The item, for those who look on; null while nobody does.
    private Observing.@Nullable Piece observed;

    // Volatile: the item that others may wait for the end of, which few are; else -1.
    private volatile int marked = -1;

    Lane() {
      super(group, false);
    }

    @Override
    public @Nullable String label() {
      return index < 0 ? null : label(index);
    }

    @Override
    public String label(long piece) {
      return gather.name + "#" + piece;
    }

    @Override
    public long piece() {
      return marked;
    }

    @Override
    public long markPiece() {
      marked = index;
      return index;
    }

    @Override
    protected void body() throws Throwable {
      ItemSource.Claim<I> claim = source.claim();
      if (claim == null) {
        return;
      }
      if (source.mayHaveMore() && started.getAndIncrement() < gather.limit) {
        startLane();
      }
      while (claim != null) {
        index = claim.index();
        if (Moments.areKept()) {
          context().beginsPiece();
          nameThread(path());
        }
        if (isObserved()) {
          workObserved(claim);
        } else {
          work(claim);
        }
        if (marked >= 0) {
          marked = -1;
          pieceEnded();
        }
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

    /** Those who look on see the items, each as a task, and not the lanes. */
    private void workObserved(ItemSource.Claim<I> claim) throws InterruptedException {
      var piece = new Observing.Piece(this);
      observed = piece;
      try {
        work(claim);
      } finally {
        observed = null;
        piece.ended();
      }
    }

    @Override
    public boolean isTask() {
      return false;
    }

    private void work(ItemSource.Claim<I> claim) throws InterruptedException {
      R result;
      try {
        I item = claim.item();
        result = run(item);
      } catch (Throwable thrown) {
        threw(claim, thrown);
        return;
      }
      succeeded(claim, result);
      tell(false);
    }

    private R run(I item) throws Throwable {
      try {
        return baggage == null ? work.run(item) : Baggage.<R>call(baggage, () -> work.run(item));
      } finally {
        closeLeftOpen();
      }
    }

    private void threw(ItemSource.Claim<I> claim, Throwable thrown) throws InterruptedException {
      CancelCause cause = ownCause();
      boolean acknowledged =
          cause != null
              && Endings.acknowledges(thrown, true, context().wasInterrupted(), context());
      if (observed != null) {
        observed.threw(thrown, acknowledged);
      }
      if (cause != null && acknowledged) {
        cutShort = true;
        stopped(claim, cause);
        failures.addBehind(this::path, thrown);
      } else {
        failed(claim, thrown, path());
        tell(true);
      }
    }

    private void tell(boolean itemFailed) {
      if (progress != null) {
        progress.itemEnded(itemFailed);
      }
    }

    @Override
    protected void over(@Nullable Throwable thrown, boolean interruptSent) {
      try {
        if (thrown != null) {
          note(thrown, interruptSent);
        }
      } finally {
        // Whatever the exception does when it is asked, or a lack of memory: somebody waits for it.
        if (running.decrementAndGet() == 0) {
          allEnded();
        }
      }
    }

    private void note(Throwable thrown, boolean interruptSent) {
      if (Endings.acknowledges(thrown, ownCause() != null, interruptSent, context())) {
        cutShort = true;
        failures.addBehind(this::path, thrown);
      } else {
        fail(path(), thrown);
      }
    }
  }
}
