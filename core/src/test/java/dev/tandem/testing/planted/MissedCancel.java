package dev.tandem.testing.planted;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofHours;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.testing.VirtualTime;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who cancels looks for the task before it is there, and who starts it has looked before that. */
final class MissedCancel extends Planted<MissedCancel.Job> {

  MissedCancel() {
    super("missed cancel", Wrong::new, Right::new);
  }

  abstract static class Job {
    final AsyncQueue<String> started = AsyncQueue.unbounded();
    final AtomicReference<@Nullable Task<?>> task = new AtomicReference<>();

    // Volatile: set by who cancels, read by who starts.
    volatile boolean cancelled;

    abstract void start(TaskGroup group) throws InterruptedException;

    void begin(TaskGroup group) throws InterruptedException {
      if (!cancelled) {
        started.put("a job");
        task.set(group.start("job", () -> sleep(ofHours(1))));
      }
    }

    void cancel() {
      cancelled = true;
      Task<?> running = task.get();
      if (running != null) {
        running.cancel("not wanted any more");
      }
    }
  }

  private static final class Wrong extends Job {
    @Override
    void start(TaskGroup group) throws InterruptedException {
      begin(group);
    }
  }

  private static final class Right extends Job {
    @Override
    void start(TaskGroup group) throws InterruptedException {
      begin(group);
      if (cancelled) {
        cancel();
      }
    }
  }

  @Override
  void program(TaskGroup around, Job job) throws InterruptedException {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("starts", () -> job.start(group));
          group.start("cancels", job::cancel);
        });
    assertTrue(
        VirtualTime.elapsed().compareTo(ofHours(1)) < 0, "the job ran although it was cancelled");
  }
}
