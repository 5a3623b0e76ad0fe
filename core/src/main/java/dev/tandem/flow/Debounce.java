package dev.tandem.flow;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import org.jspecify.annotations.Nullable;

/** The elements after which there was quiet for a while. */
final class Debounce<T> extends TaskStage<T> {

  /*
   * An element that came is a candidate until another comes. When it has stood for long enough it
   * is settled, whether or not somebody has asked by then, and whoever brings the next waits until
   * it is taken.
   */

  private final Stage<T> source;
  private final long quiet;
  private final Meeting meeting = new Meeting();

  // Guarded by the meeting.
  private @Nullable T candidate;
  private long settlesAt;
  private boolean finished;
  private boolean shut;

  Debounce(Stage<T> source, long quiet) {
    this.source = source;
    this.quiet = quiet;
    source.takenBy("debounce");
  }

  @Override
  void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  void startTasks(Tasks newTasks) {
    newTasks.start("debounce", this::bringAll);
  }

  private void bringAll() throws Exception {
    for (T item = source.pull(); item != null; item = source.pull()) {
      long now = Context.currentRuntime().now();
      meeting.lock();
      try {
        while (candidate != null && now >= settlesAt && !shut) {
          meeting.awaitAsker();
        }
        candidate = item;
        settlesAt = Durations.after(now, quiet);
        meeting.changed();
      } finally {
        meeting.unlock();
      }
    }
  }

  @Override
  protected @Nullable T advance() throws Exception {
    Parking.checkpoint();
    meeting.lock();
    try {
      while (true) {
        T item = candidate;
        if (item != null && (finished || Context.currentRuntime().now() >= settlesAt)) {
          candidate = null;
          meeting.changed();
          return item;
        }
        if (finished) {
          break;
        }
        meeting.awaitBringer(item == null ? Long.MAX_VALUE : settlesAt);
      }
    } finally {
      meeting.unlock();
    }
    conclude();
    return null;
  }

  @Override
  void finish() {
    meeting.lock();
    try {
      finished = true;
      meeting.changed();
    } finally {
      meeting.unlock();
    }
  }

  @Override
  void shut() {
    meeting.lock();
    try {
      shut = true;
      candidate = null;
      finish();
    } finally {
      meeting.unlock();
    }
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
