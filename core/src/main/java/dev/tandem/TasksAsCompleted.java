package dev.tandem;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Latch;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tasks in the order in which they end; one pass. */
final class TasksAsCompleted<K extends Task<?>> implements Iterable<K> {

  private final Queue<K> ended = new ConcurrentLinkedQueue<>();
  private final PermitQueue ready = new PermitQueue(0, this::awaited);
  private final Pass pass;

  TasksAsCompleted(Collection<? extends K> given) {
    Set<K> tasks = new LinkedHashSet<>(given);
    for (K task : tasks) {
      GroupTask.of(task).refuseToBeAwaitedFromInside();
    }
    pass = new Pass(tasks.size());
    for (K task : tasks) {
      var end = new End(task);
      if (!GroupTask.of(task).whenEnded(end)) {
        end.opened();
      }
    }
  }

  @Override
  public Iterator<K> iterator() {
    return pass;
  }

  private Awaited awaited() {
    return Awaited.of("task to end").in(pass.left + " left");
  }

  private final class End extends Latch.Listener {

    private final K task;

    End(K task) {
      this.task = task;
    }

    @Override
    protected void opened() {
      ended.add(task);
      ready.release(1);
    }
  }

  private final class Pass implements Iterator<K> {

    private int left;

    Pass(int left) {
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public K next() {
      if (left == 0) {
        throw new NoSuchElementException("all tasks have been given");
      }
      try {
        ready.acquire(1, TaskRuntime.NEVER);
      } catch (InterruptedException stopped) {
        throw Endings.<RuntimeException>rethrow(stopped);
      }
      left--;
      return ended.remove();
    }
  }
}
