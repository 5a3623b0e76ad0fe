package dev.tandem.flow;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import org.jspecify.annotations.Nullable;

/** The elements after which there was quiet for a while. */
final class Debounce<T> extends HoldingStage<T, T> {

  /*
   * An element that came is a candidate until another comes. When it has stood for long enough it
   * is settled, whether or not somebody has asked by then, and whoever brings the next waits until
   * it is taken.
   */

  private final long quiet;

  // Guarded by the meeting.
  private @Nullable T candidate;
  private long settlesAt;

  Debounce(Stage<T> source, long quiet) {
    super(source, "debounce");
    this.quiet = quiet;
  }

  @Override
  void bringAll() throws Exception {
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
        meeting.awaitBringer(item == null ? TaskRuntime.NEVER : settlesAt);
      }
    } finally {
      meeting.unlock();
    }
    conclude();
    return null;
  }

  @Override
  void forget() {
    candidate = null;
  }
}
