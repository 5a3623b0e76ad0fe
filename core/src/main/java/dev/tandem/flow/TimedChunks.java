package dev.tandem.flow;

import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements in lists that are full, or as old as they may get. */
final class TimedChunks<T> extends HoldingStage<T, List<T>> {

  private final int size;
  private final long within;

  // Guarded by the meeting.
  private List<T> chunk = new ArrayList<>();
  private long dueAt;

  TimedChunks(Stage<T> source, int size, long within) {
    super(source, "chunk");
    this.size = size;
    this.within = within;
  }

  @Override
  void bringAll() throws Exception {
    for (T item = source.pull(); item != null; item = source.pull()) {
      meeting.lock();
      try {
        while (chunk.size() == size && !shut) {
          meeting.awaitAsker();
        }
        if (chunk.isEmpty()) {
          dueAt = Durations.after(Context.currentRuntime().now(), within);
        }
        chunk.add(item);
        if (chunk.size() == 1 || chunk.size() == size) {
          meeting.changed();
        }
      } finally {
        meeting.unlock();
      }
    }
  }

  @Override
  protected @Nullable List<T> advance() throws Exception {
    Parking.checkpoint();
    meeting.lock();
    try {
      while (!isDue()) {
        if (finished) {
          break;
        }
        meeting.awaitBringer(chunk.isEmpty() ? TaskRuntime.NEVER : dueAt);
      }
      if (!chunk.isEmpty()) {
        List<T> due = chunk;
        chunk = new ArrayList<>();
        meeting.changed();
        return due;
      }
    } finally {
      meeting.unlock();
    }
    conclude();
    return null;
  }

  private boolean isDue() {
    return chunk.size() == size || (!chunk.isEmpty() && Context.currentRuntime().now() >= dueAt);
  }

  @Override
  void forget() {
    chunk = new ArrayList<>();
  }
}
