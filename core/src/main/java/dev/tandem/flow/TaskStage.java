package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** A stage with tasks of its own. */
abstract class TaskStage<T> extends AsyncIterator<T> {

  // Volatile: written by whoever asks first, read by whoever closes.
  private volatile @Nullable Tasks tasks;

  TaskStage() {
    super(false);
  }

  /** The stages before this one begin. */
  abstract void sourcesBegin(Run current);

  /** Starts the first tasks. */
  abstract void startTasks(Tasks newTasks);

  /** No more elements are to come: all tasks have ended, or one has failed. */
  abstract void finish();

  /** Nobody asks any more. */
  abstract void shut();

  final Tasks tasks() {
    Tasks begun = tasks;
    if (begun == null) {
      throw new AssertionError("the stage has not begun");
    }
    return begun;
  }

  /** Throws what ended the tasks, if they have begun and something has. */
  final void conclude() throws Exception {
    Tasks begun = tasks;
    if (begun != null) {
      begun.conclude();
    }
  }

  @Override
  final void begins(Run current) {
    sourcesBegin(current);
    var newTasks = new Tasks(current, this);
    tasks = newTasks;
    startTasks(newTasks);
    newTasks.begun();
  }

  @Override
  void stop(Closing closing) {
    Tasks begun = tasks;
    if (begun != null) {
      begun.stop(closing);
    }
  }

  @Override
  void release(Closing closing) {}
}
