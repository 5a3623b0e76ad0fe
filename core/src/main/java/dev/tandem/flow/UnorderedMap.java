package dev.tandem.flow;

import dev.tandem.ItemWork;
import org.jspecify.annotations.Nullable;

/** Works on several elements at once, and gives the results as they come. */
final class UnorderedMap<S, T> extends PipeStage<T>
    implements Lanes.Handler<S, UnorderedMap<S, T>> {

  private final Stage<S> source;
  private final ItemWork<? super S, ? extends T, ? extends Exception> work;
  private final Lanes<S, UnorderedMap<S, T>> lanes;

  private final Room room;

  UnorderedMap(
      Stage<S> source, int limit, ItemWork<? super S, ? extends T, ? extends Exception> work) {
    super(limit);
    this.source = source;
    this.work = work;
    this.room = new Room(limit);
    this.lanes = new Lanes<>(source, "mapConcurrentUnordered", limit, this);
    source.takenBy("mapConcurrentUnordered");
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
  protected @Nullable T advance() throws Exception {
    if (pipe.isEmpty()) {
      room.giveBack();
    }
    T item = super.advance();
    if (item != null) {
      room.left();
    }
    return item;
  }

  @Override
  public void awaitRoom() throws InterruptedException {
    room.await();
  }

  @Override
  public UnorderedMap<S, T> claimed() {
    return this;
  }

  @Override
  public void work(UnorderedMap<S, T> claim, S item) throws Exception {
    T result = Nulls.refuse(work.run(item), "the function of mapConcurrentUnordered");
    // What the work left behind does not concern the handing over.
    Thread.interrupted();
    pipe.put(result);
  }

  @Override
  public void failed(UnorderedMap<S, T> claim, long position, Throwable failure) throws Throwable {
    throw failure;
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
