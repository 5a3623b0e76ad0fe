package dev.tandem.flow;

import java.util.List;

/** The elements of several stages as they come. */
final class Merge<T> extends PipeStage<T> {

  private final List<? extends Stage<? extends T>> sources;

  Merge(List<? extends Stage<? extends T>> sources) {
    super(0);
    this.sources = sources;
    sources.forEach(source -> source.takenBy("merge"));
  }

  @Override
  void sourcesBegin(Run current) {
    sources.forEach(source -> source.begin(current));
  }

  @Override
  void startTasks(Tasks newTasks) {
    for (int i = 0; i < sources.size(); i++) {
      Stage<? extends T> source = sources.get(i);
      newTasks.start("merge#" + i, () -> pump(source));
    }
  }

  @Override
  void endSources(Closing closing) {
    sources.forEach(source -> source.end(closing));
  }
}
