package dev.tandem.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The stage behind a {@link Shared}: it is not asked itself, but puts elements into many pipes. */
final class Sharing<T> extends TaskStage<T> {

  private final Stage<T> source;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Meeting meeting = new Meeting();

  // Written before any reader can start this.
  private @Nullable Run run;

  // Guarded by the meeting.
  private final List<Pipe<T>> pipes = new ArrayList<>();
  private boolean finished;

  Sharing(Stage<T> source) {
    this.source = source;
    source.takenBy("share");
  }

  void bind() {
    run = bindNow();
  }

  /** Begins, if nobody has asked before. */
  void start() {
    if (run != null && started.compareAndSet(false, true)) {
      begin(run);
    }
  }

  void add(Pipe<T> pipe) {
    meeting.lock();
    try {
      if (finished) {
        pipe.finish();
      } else {
        pipes.add(pipe);
        meeting.changed();
      }
    } finally {
      meeting.unlock();
    }
  }

  void remove(Pipe<T> pipe) {
    pipe.shut();
    meeting.lock();
    try {
      pipes.remove(pipe);
    } finally {
      meeting.unlock();
    }
  }

  int readers() {
    meeting.lock();
    try {
      return pipes.size();
    } finally {
      meeting.unlock();
    }
  }

  @Override
  void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  void startTasks(Tasks newTasks) {
    newTasks.start("share", this::distribute);
  }

  private void distribute() throws Exception {
    while (awaitReaders()) {
      T item = source.pull();
      if (item == null) {
        return;
      }
      for (Pipe<T> pipe : snapshot()) {
        pipe.put(item);
      }
    }
  }

  private boolean awaitReaders() throws InterruptedException {
    meeting.lock();
    try {
      while (pipes.isEmpty() && !finished) {
        meeting.awaitAsker();
      }
      return !finished;
    } finally {
      meeting.unlock();
    }
  }

  private List<Pipe<T>> snapshot() {
    meeting.lock();
    try {
      return List.copyOf(pipes);
    } finally {
      meeting.unlock();
    }
  }

  @Override
  protected T advance() {
    throw new AssertionError("readers ask their pipes");
  }

  @Override
  void finish() {
    meeting.lock();
    try {
      finished = true;
      pipes.forEach(Pipe::finish);
      pipes.clear();
      meeting.changed();
    } finally {
      meeting.unlock();
    }
  }

  @Override
  void shut() {
    finish();
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
