package dev.tandem.interop;

import dev.failsafe.spi.Scheduler;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs what Failsafe schedules as tasks of a group, after waits on the group's clock. */
final class GroupScheduler implements Scheduler {

  private final TaskGroup group;

  GroupScheduler(TaskGroup group) {
    this.group = group;
  }

  @Override
  public ScheduledFuture<?> schedule(Callable<?> callable, long delay, TimeUnit unit) {
    var done = new CompletableFuture<@Nullable Object>();
    Task<?> task =
        group.startDaemon(
            "attempt",
            () -> {
              try {
                if (delay > 0) {
                  Tandem.sleep(Duration.of(delay, unit.toChronoUnit()));
                }
                done.complete(callable.call());
              } catch (InterruptedException stopped) {
                done.cancel(false);
                throw stopped;
              } catch (Exception failure) {
                // Failsafe reports it by the future of the whole call.
                done.completeExceptionally(failure);
              }
            });
    return new Scheduled(task, done);
  }

  /** What Failsafe cancels when it has no more need of an attempt or a pause. */
  private record Scheduled(Task<?> task, CompletableFuture<@Nullable Object> done)
      implements ScheduledFuture<@Nullable Object> {

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = done.cancel(false);
      if (mayInterruptIfRunning || cancelled) {
        task.cancel("the policy has no more need of it");
      }
      return cancelled;
    }

    @Override
    public boolean isCancelled() {
      return done.isCancelled();
    }

    @Override
    public boolean isDone() {
      return done.isDone();
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
      return done.get();
    }

    @Override
    public @Nullable Object get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return done.get(timeout, unit);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
