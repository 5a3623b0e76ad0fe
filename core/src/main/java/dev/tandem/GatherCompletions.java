package dev.tandem;

import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.StopCause.Kind;
import dev.tandem.internal.AttachedGroup;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A gather that hands each outcome over when it is there, while the caller goes on. */
final class GatherCompletions<I extends @Nullable Object, R extends @Nullable Object>
    extends GatherRun<I, R> {

  private final Queue<Outcome<I, R>> done = new ConcurrentLinkedQueue<>();

  // A permit for each outcome in the queue, and a last one, which is put back, for the end.
  private final PermitQueue ready = new PermitQueue(0, this::awaitedOutcome);

  // A permit for each outcome that may still be put into the queue.
  private final PermitQueue room;

  private final Lanes lanes;

  // Volatile: whoever takes has thrown the failure of the source.
  private volatile boolean told;

  private GatherCompletions(
      Gather<I> gather, ItemWork<? super I, ? extends R, ? extends Exception> work, Lanes lanes) {
    super(gather, work, lanes);
    this.lanes = lanes;
    this.room = new PermitQueue(gather.limit, this::awaitedRoom);
  }

  static <I extends @Nullable Object, R extends @Nullable Object> GatherCompletions<I, R> start(
      Gather<I> gather,
      ItemWork<? super I, ? extends R, ? extends Exception> work,
      @Nullable Context context) {
    var lanes = new Lanes(context);
    var run = new GatherCompletions<I, R>(gather, work, lanes);
    lanes.begin(run);
    return run;
  }

  /** The next outcome; null when there is none to come. */
  @Nullable Outcome<I, R> take() {
    try {
      ready.acquire(1, TaskRuntime.NEVER);
    } catch (InterruptedException stopped) {
      throw Endings.<RuntimeException>rethrow(stopped);
    }
    Outcome<I, R> outcome = done.poll();
    if (outcome != null) {
      room.release(1);
      return outcome;
    }
    ready.release(1);
    if (!lanes.closed && !failures.isEmpty()) {
      // Not of an item, whose failure is an outcome, but of where the items come from.
      told = true;
      throw Endings.<RuntimeException>rethrow(failures.attachTo(failures.first()));
    }
    CancelCause cause = lanes.closed ? null : group.effectiveCause();
    if (cause != null) {
      throw Endings.<RuntimeException>rethrow(cause.exception(true));
    }
    return null;
  }

  void close() {
    Scope here = Context.currentScope();
    if (here != null && here.isInside(lanes)) {
      throw new StructureException(
          "the outcomes of a gather were to be closed by '"
              + here.path()
              + "', one of its items, which that would wait for; close them outside");
    }
    lanes.close();
  }

  @Override
  void succeeded(ItemSource.Claim<I> claim, R value) throws InterruptedException {
    hand(new Success<>(claim.item(), value));
  }

  @Override
  void failed(ItemSource.Claim<I> claim, Throwable failure, String path)
      throws InterruptedException {
    try {
      hand(new Failure<>(claim.item(), failure));
    } catch (InterruptedException nobodyTakesIt) {
      failures.add(path, failure);
      throw nobodyTakesIt;
    }
  }

  @Override
  void stopped(ItemSource.Claim<I> claim, CancelCause cause) {}

  @Override
  void allEnded() {
    ready.release(1);
  }

  /** Nobody takes what is left; the failures among it are told to the log. */
  private void drop() {
    for (Outcome<I, R> left = done.poll(); left != null; left = done.poll()) {
      if (left instanceof Failure<I, R>(var item, var error)) {
        failures.add(String.valueOf(item), error);
      }
    }
    if (!told) {
      failures.log("of a gather whose outcomes were not all taken");
    }
  }

  private Awaited awaitedOutcome() {
    return Awaited.of("outcome of a gather").in(group.size() + " running");
  }

  private Awaited awaitedRoom() {
    return Awaited.of("taker of an outcome").in(room.snapshot().waiting() + " waiting");
  }

  private void hand(Outcome<I, R> outcome) throws InterruptedException {
    // What the item left behind does not concern the handing over.
    Thread.interrupted();
    room.acquire(1, TaskRuntime.NEVER);
    done.add(outcome);
    ready.release(1);
  }

  /** The group of the lanes, which the caller is beside and not inside. */
  private static final class Lanes extends AttachedGroup {

    private @Nullable GatherCompletions<?, ?> run;

    // Volatile: closed by whoever leaves first, read by those who take.
    private volatile boolean closed;

    Lanes(@Nullable Context current) {
      super(current);
    }

    void begin(GatherCompletions<?, ?> newRun) {
      run = newRun;
      attach();
      newRun.begin();
    }

    @Override
    protected void end() {
      GatherCompletions<?, ?> current = run;
      if (current == null) {
        return;
      }
      closed = true;
      cancel(new StopCause(Kind.REQUEST, "the loop over the outcomes was left", null));
      InterruptedException outside = current.join();
      try {
        current.drop();
      } catch (RuntimeException | Error ofTheLog) {
        // Whoever leaves a scope must get out of it, or its group would wait for ever.
        Thread.yield();
      }
      if (outside != null) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
