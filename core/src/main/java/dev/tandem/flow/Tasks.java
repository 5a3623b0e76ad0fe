package dev.tandem.flow;

import dev.tandem.internal.AttachedGroup;
import dev.tandem.internal.Backstage;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Fiber;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tasks of one stage, and their failures. */
final class Tasks extends AttachedGroup {

  private static final System.Logger LOG = System.getLogger(Tasks.class.getName());
  private static final int FAILURES_KEPT = 16;

  private final TaskStage<?> stage;

  // One more than there are tasks, until the first ones have been started.
  private final AtomicInteger running = new AtomicInteger(1);
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final List<Throwable> failures = new ArrayList<>(0);
  private @Nullable Throwable told;
  private @Nullable Closing closing;

  Tasks(Run run, TaskStage<?> stage) {
    super(run.context(), run);
    this.stage = stage;
    attach();
  }

  /** What a task does. */
  @FunctionalInterface
  interface Body {
    void run() throws Throwable;
  }

  /** Starts a task; one that fails fails the stage. */
  void start(String name, Body body) {
    start(
        new Member(this, name) {
          @Override
          protected void body() throws Throwable {
            body.run();
          }
        });
  }

  void start(Member task) {
    running.incrementAndGet();
    if (!super.start(task)) {
      oneEnded();
    }
  }

  /** The tasks that begin the stage have been started. */
  void begun() {
    oneEnded();
  }

  /** Keeps a failure for whoever asks, and for whoever closes. */
  void add(Throwable failure) {
    lock.lock();
    try {
      if (closing != null) {
        closing.add(failure);
      } else if (told != null) {
        Closing.attach(told, failure);
      } else if (failures.size() < FAILURES_KEPT) {
        failures.add(failure);
      } else {
        LOG.log(Level.WARNING, "a further failure in " + path(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Throws the first failure, if there is one, or tells that the tasks were cancelled. */
  void conclude() throws Exception {
    Throwable first;
    lock.lock();
    try {
      first = told != null ? told : failures.isEmpty() ? null : failures.getFirst();
    } finally {
      lock.unlock();
    }
    if (first != null) {
      throw thrown(first);
    }
    CancelCause cause = effectiveCause();
    if (cause != null && !isClosing()) {
      throw cause.exception(true);
    }
  }

  /** Throws a failure, which brings along the others. */
  RuntimeException thrown(Throwable first) {
    lock.lock();
    try {
      told = first;
      for (Throwable other : failures) {
        Closing.attach(first, other);
      }
      failures.clear();
    } finally {
      lock.unlock();
    }
    throw Sneaky.undeclared(first);
  }

  /** Cancels the tasks and waits for their ends. */
  void stop(Closing newClosing) {
    lock.lock();
    try {
      closing = newClosing;
    } finally {
      lock.unlock();
    }
    cancel(Backstage.get().requested("the iterator was closed"));
    stage.shut();
    close();
  }

  @Override
  protected void end() {
    Backstage causes = Backstage.get();
    cancel(causes.requested("the scope of the iterator ends"));
    stage.shut();
    InterruptedException outside =
        join(
            causes.interrupted("the thread that closes an iterator was interrupted"),
            causes.requested("the iterator is closed"));
    tellTheLog();
    if (outside != null) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing != null;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody has come as far as these failures. */
  private void tellTheLog() {
    failures.forEach(Run::tellNotReached);
  }

  private void oneEnded() {
    if (running.decrementAndGet() == 0) {
      stage.finish();
    }
  }

  /** A task of a stage. */
  abstract static class Member extends Fiber {

    private final Tasks tasks;
    private final String name;

    Member(Tasks tasks, String name) {
      super(tasks, false);
      this.tasks = tasks;
      this.name = name;
    }

    @Override
    public String label() {
      return name;
    }

    /** True when {@code thrown} is but the answer to the cancellation of this task. */
    final boolean isStopped(Throwable thrown, boolean interruptSent) {
      return Backstage.get().acknowledges(thrown, ownCause() != null, interruptSent, context());
    }

    @Override
    protected final void over(@Nullable Throwable thrown, boolean interruptSent) {
      if (thrown == null) {
        tasks.oneEnded();
        return;
      }
      if (isStopped(thrown, interruptSent)) {
        Backstage.get().behind(path(), thrown).forEach(tasks::add);
      } else {
        tasks.add(thrown);
        tasks.cancel(Backstage.get().failed(path(), thrown));
        tasks.stage.finish();
      }
      tasks.oneEnded();
    }
  }
}
