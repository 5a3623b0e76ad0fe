package dev.tandem.flow;

/** Fetches elements ahead, so many. */
final class Buffered<T> extends PipeStage<T> {

  private final Stage<T> source;

  Buffered(Stage<T> source, int room) {
    super(room);
    this.source = source;
    source.takenBy("buffer");
  }

  @Override
  void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  void startTasks(Tasks newTasks) {
    newTasks.start("buffer", () -> pump(source));
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
