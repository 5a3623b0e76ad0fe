package dev.tandem.flow;

/**
 * A stage whose one task brings elements from the source, to be held back until it is time to give
 * them on.
 *
 * @param <S> the elements of the source
 * @param <T> what is made of them
 */
abstract class HoldingStage<S, T> extends TaskStage<T> {

  final Stage<S> source;
  final Meeting meeting = new Meeting();

  // Guarded by the meeting.
  boolean finished;
  boolean shut;

  private final String name;

  HoldingStage(Stage<S> source, String name) {
    this.source = source;
    this.name = name;
    source.takenBy(name);
  }

  /** Brings what the source has; in the task. */
  abstract void bringAll() throws Exception;

  /** What is held will not be asked for; called with the meeting locked. */
  abstract void forget();

  @Override
  final void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  final void startTasks(Tasks newTasks) {
    newTasks.start(name, this::bringAll);
  }

  @Override
  final void finish() {
    meeting.lock();
    try {
      finished = true;
      meeting.changed();
    } finally {
      meeting.unlock();
    }
  }

  @Override
  final void shut() {
    meeting.lock();
    try {
      shut = true;
      forget();
      finish();
    } finally {
      meeting.unlock();
    }
  }

  @Override
  final void endSources(Closing closing) {
    source.end(closing);
  }
}
