package dev.tandem;

import dev.tandem.Outcome.Failure;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Latch;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One wait for several tasks: one parked thread, told by each task that ends. */
final class TaskWait<K extends Task<?>> {

  private final Set<K> tasks;
  private final ReturnWhen returnWhen;
  private final AtomicInteger running;
  private final Waiter waiter = new AllOrSome();

  TaskWait(Collection<? extends K> given, ReturnWhen returnWhen) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("there must be at least 1 task to wait for, but was none");
    }
    this.tasks = new LinkedHashSet<>(given);
    this.returnWhen = returnWhen;
    this.running = new AtomicInteger(tasks.size());
    for (K task : tasks) {
      GroupTask.of(task).refuseToBeAwaitedFromInside();
    }
  }

  Waited<K> during(long nanos) throws InterruptedException {
    return until(Durations.after(Context.currentRuntime().now(), nanos));
  }

  Waited<K> until(long deadline) throws InterruptedException {
    Parking.checkpoint();
    List<End> listeners = new ArrayList<>(tasks.size());
    for (K task : tasks) {
      End end = new End(GroupTask.of(task));
      if (GroupTask.of(task).whenEnded(end)) {
        listeners.add(end);
      } else {
        end.opened();
      }
      if (!waiter.isWaiting()) {
        break;
      }
    }
    try {
      Parking.await(waiter, deadline);
    } finally {
      listeners.forEach(End::forget);
    }
    return result();
  }

  private Waited<K> result() {
    List<K> done = new ArrayList<>(tasks.size());
    List<K> pending = new ArrayList<>();
    for (K task : tasks) {
      (task.outcome().isPresent() ? done : pending).add(task);
    }
    return new Waited<>(done, pending);
  }

  /** The one wait. */
  private final class AllOrSome extends Waiter {
    @Override
    protected Awaited awaited() {
      List<GroupTask<?>> pending = new ArrayList<>();
      for (K task : tasks) {
        if (task.outcome().isEmpty()) {
          pending.add(GroupTask.of(task));
        }
      }
      Awaited some =
          Awaited.of("tasks")
              .in(pending.size() + " of " + tasks.size() + " running, " + returnWhen);
      // Any one of them may do otherwise: none has it in its hand alone.
      return returnWhen == ReturnWhen.ALL_COMPLETED ? some.heldBy(pending) : some;
    }
  }

  /** Told when one of the tasks has ended. */
  private final class End extends Latch.Listener {

    private final GroupTask<?> task;

    End(GroupTask<?> task) {
      this.task = task;
    }

    void forget() {
      task.forget(this);
    }

    @Override
    protected void opened() {
      boolean enough =
          switch (returnWhen) {
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> task.outcome().orElse(null) instanceof Failure;
            case ALL_COMPLETED -> false;
          };
      if (running.decrementAndGet() == 0 || enough) {
        waiter.signal();
      }
    }
  }
}
