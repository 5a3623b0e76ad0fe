package dev.tandem.flow;

import dev.tandem.ItemWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives the elements of each key to a task of their own, and has the results of all. */
final class Groups<K, T, R> extends PipeStage<R> {

  private final Stage<T> source;
  private final ItemWork<? super T, ? extends K, ? extends Exception> keyOf;
  private final Grouping<? super K, T, ? extends R, ? extends Exception> each;
  private final Map<K, Group> open = new ConcurrentHashMap<>();

  // Only the task that distributes reads and writes it.
  private long opened;

  Groups(
      Stage<T> source,
      ItemWork<? super T, ? extends K, ? extends Exception> keyOf,
      Grouping<? super K, T, ? extends R, ? extends Exception> each) {
    super(0);
    this.source = source;
    this.keyOf = keyOf;
    this.each = each;
    source.takenBy("groupBy");
  }

  @Override
  void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  void startTasks(Tasks newTasks) {
    newTasks.start("groupBy", this::distribute);
  }

  private void distribute() throws Exception {
    for (T item = source.pull(); item != null; item = source.pull()) {
      K key = Nulls.refuseKey(keyOf.run(item), "the key function of groupBy");
      Group group = open.get(key);
      if (group == null || !group.elements.put(item)) {
        // A first element that nobody takes is one that nobody wants.
        opened(key).elements.put(item);
      }
    }
    // In the order of their first elements, not in that of hash codes: each run is the same.
    List<Group> left = new ArrayList<>(open.values());
    left.sort(Comparator.comparingLong(group -> group.number));
    left.forEach(group -> group.elements.finish());
  }

  private Group opened(K key) {
    var group = new Group(opened++);
    open.put(key, group);
    tasks().start("groupBy#" + key, () -> workOn(key, group));
    return group;
  }

  private void workOn(K key, Group group) throws Exception {
    try (group) {
      Iterable<? extends R> results =
          Nulls.refuseItems(each.run(key, group), "the function of groupBy");
      try (AsyncIterator<? extends R> all = asIterator(results)) {
        for (R result : all) {
          if (!pipe.put(result)) {
            return;
          }
        }
      }
    } finally {
      open.remove(key, group);
    }
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }

  /** The elements of one key. */
  private final class Group extends AsyncIterator<T> {

    final Pipe<T> elements = new Pipe<>(0);
    final long number;

    Group(long number) {
      super(false);
      this.number = number;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      return elements.take();
    }

    @Override
    void release(Closing closing) {
      elements.shut();
    }
  }
}
