package dev.tandem;

import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.StopCause.Kind;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Group;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A gather that keeps every failure beside its item, and ends early when it has enough. */
final class GatherOutcomes<I extends @Nullable Object, R extends @Nullable Object>
    extends GatherRun<I, R> {

  private final @Nullable Predicate<? super Outcome<I, R>> enough;

  private GatherOutcomes(
      Gather<I> gather,
      ItemWork<? super I, ? extends R, ? extends Exception> work,
      @Nullable Predicate<? super Outcome<I, R>> enough,
      Context context) {
    super(gather, work, new Group(null, context));
    this.enough = enough;
  }

  static <I extends @Nullable Object, R extends @Nullable Object> List<Outcome<I, R>> of(
      Gather<I> gather,
      ItemWork<? super I, ? extends R, ? extends Exception> work,
      @Nullable Predicate<? super Outcome<I, R>> enough)
      throws InterruptedException {
    try {
      return Context.call(
          context -> new GatherOutcomes<I, R>(gather, work, enough, context).outcomes());
    } catch (Throwable thrown) {
      throw Endings.<RuntimeException>rethrow(thrown);
    }
  }

  @SuppressWarnings("unchecked") // what the source keeps is what was put there
  private List<Outcome<I, R>> outcomes() throws Throwable {
    execute();
    CancelCause cause = group.ownCause();
    if (cause != null) {
      source.putUnclaimed(item -> new Cancelled<I, R>(item, StopCause.cancellation(cause)));
      failures.log("while the rest of a gather was cancelled");
    }
    return (List<Outcome<I, R>>) source.results();
  }

  @Override
  void succeeded(ItemSource.Claim<I> claim, R value) {
    put(claim, new Success<>(claim.item(), value));
  }

  @Override
  void failed(ItemSource.Claim<I> claim, Throwable failure, String path) {
    put(claim, new Failure<>(claim.item(), failure));
  }

  @Override
  void stopped(ItemSource.Claim<I> claim, CancelCause cause) {
    source.put(claim.index(), new Cancelled<I, R>(claim.item(), StopCause.cancellation(cause)));
  }

  private void put(ItemSource.Claim<I> claim, Outcome<I, R> outcome) {
    source.put(claim.index(), outcome);
    if (enough != null && enough.test(outcome)) {
      group.cancel(new StopCause(Kind.REQUEST, "there were enough outcomes", null));
    }
  }
}
