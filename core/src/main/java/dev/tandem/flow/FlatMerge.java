package dev.tandem.flow;

import dev.tandem.ItemWork;

/** The elements of several iterables at once, which a function makes of the elements of another. */
final class FlatMerge<S, T> extends PipeStage<T> implements Lanes.Handler<S, FlatMerge<S, T>> {

  private final Stage<S> source;
  private final ItemWork<? super S, ? extends Iterable<? extends T>, ? extends Exception> work;
  private final Lanes<S, FlatMerge<S, T>> lanes;

  FlatMerge(
      Stage<S> source,
      int limit,
      ItemWork<? super S, ? extends Iterable<? extends T>, ? extends Exception> work) {
    super(0);
    this.source = source;
    this.work = work;
    this.lanes = new Lanes<>(source, "flatMapMerge", limit, this);
    source.takenBy("flatMapMerge");
  }

  @Override
  void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  void startTasks(Tasks newTasks) {
    lanes.start(newTasks);
  }

  @Override
  public void awaitRoom() {}

  @Override
  public FlatMerge<S, T> claimed() {
    return this;
  }

  @Override
  public void work(FlatMerge<S, T> claim, S item) throws Exception {
    Iterable<? extends T> inner = Nulls.refuseItems(work.run(item), "the function of flatMapMerge");
    try (AsyncIterator<? extends T> items = asIterator(inner)) {
      for (T next : items) {
        if (!pipe.put(next)) {
          return;
        }
      }
    }
  }

  @Override
  public void failed(FlatMerge<S, T> claim, long position, Throwable failure) throws Throwable {
    throw failure;
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
