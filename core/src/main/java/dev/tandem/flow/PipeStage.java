package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** A stage whose tasks put its elements into a pipe. */
abstract class PipeStage<T> extends TaskStage<T> {

  final Pipe<T> pipe;

  PipeStage(int room) {
    pipe = new Pipe<>(room);
  }

  @Override
  protected @Nullable T advance() throws Exception {
    T item = pipe.take();
    if (item == null) {
      conclude();
    }
    return item;
  }

  @Override
  final void finish() {
    pipe.finish();
  }

  @Override
  final void shut() {
    pipe.shut();
  }

  /** Puts all elements of a stage into the pipe; the body of a task. */
  final void pump(Stage<? extends T> source) throws Exception {
    T item = source.pull();
    while (item != null && pipe.put(item)) {
      item = source.pull();
    }
  }
}
