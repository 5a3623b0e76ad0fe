package dev.tandem;

import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gather whose first failure ends it; its results are in input order. */
final class GatherResults<I extends @Nullable Object, R extends @Nullable Object>
    extends GatherRun<I, R> {

  private GatherResults(
      Gather<I> gather,
      ItemWork<? super I, ? extends R, ? extends Exception> work,
      Context context) {
    super(gather, work, new Group(null, context));
  }

  /** {@code X} is whatever the work throws. */
  static <I extends @Nullable Object, R extends @Nullable Object, X extends Exception> List<R> of(
      Gather<I> gather, ItemWork<? super I, ? extends R, ? extends Exception> work)
      throws X, InterruptedException {
    try {
      return Context.call(context -> new GatherResults<I, R>(gather, work, context).results());
    } catch (Throwable thrown) {
      throw Endings.<X>rethrow(thrown);
    }
  }

  @SuppressWarnings("unchecked") // what the source keeps is what was put there
  private List<R> results() throws Throwable {
    execute();
    return (List<R>) source.results();
  }

  @Override
  void succeeded(ItemSource.Claim<I> claim, R value) {
    source.put(claim.index(), value);
  }

  @Override
  void failed(ItemSource.Claim<I> claim, Throwable failure, String path) {
    fail(path, failure);
  }

  @Override
  void stopped(ItemSource.Claim<I> claim, CancelCause cause) {}
}
