package dev.tandem.inspect;

import dev.tandem.inspect.Moment.CancelAsked;
import dev.tandem.inspect.Moment.Closed;
import dev.tandem.inspect.Moment.Ended;
import dev.tandem.inspect.Moment.Opened;
import dev.tandem.inspect.Moment.Spawned;
import dev.tandem.inspect.Moment.Started;
import dev.tandem.inspect.Moment.WaitBegan;
import dev.tandem.inspect.Moment.WaitEnded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A recording as rows, one for each task: each below the one that started it, in that order. */
final class Chart {

  private final Map<ObservedTask, Row> byTask = new LinkedHashMap<>();
  private final Set<Row> alive = new LinkedHashSet<>();

  private Chart() {}

  static List<Row> rows(Recording recording) {
    var chart = new Chart();
    recording.moments().forEach(chart::add);
    for (Row row : chart.alive) {
      row.ends(recording.end(), null, "");
    }
    return chart.inTreeOrder();
  }

  private void add(Moment moment) {
    if (moment instanceof CancelAsked asked) {
      cancel(asked);
      return;
    }
    Row row = row(moment);
    switch (moment) {
      case Spawned _, CancelAsked _ -> {}
      case Started(long at, _) -> row.begins(at);
      case WaitBegan(long at, _, ObservedWait wait) -> row.waits(at, wait);
      case WaitEnded(long at, _, ObservedWait wait, WaitEnd end) -> row.goesOn(at, wait, end);
      case Opened(long at, ObservedScope scope) -> row.enters(at, scope);
      case Closed(long at, ObservedScope scope) -> row.leaves(at, scope);
      case Ended(long at, _, var how, String thrown) -> {
        row.ends(at, how, thrown);
        alive.remove(row);
      }
    }
  }

  private Row row(Moment moment) {
    return byTask.computeIfAbsent(
        moment.task(),
        task -> {
          var row = new Row(task, moment.at());
          alive.add(row);
          return row;
        });
  }

  private void cancel(CancelAsked asked) {
    Row owner = byTask.get(asked.task());
    if (owner != null) {
      owner.cancels.add(asked);
    }
    for (Row row : alive) {
      if (row.isReachedBy(asked.scope())) {
        row.stops(asked.at(), asked.scope());
      }
    }
  }

  private List<Row> inTreeOrder() {
    var children = new LinkedHashMap<Row, List<Row>>();
    var roots = new ArrayList<Row>();
    for (Row row : byTask.values()) {
      Row parent = row.task.parent().map(byTask::get).orElse(null);
      if (parent == null) {
        roots.add(row);
      } else {
        children.computeIfAbsent(parent, key -> new ArrayList<>()).add(row);
      }
    }
    // Not by recursion: a tree of tasks may be deeper than a stack.
    var ordered = new ArrayList<Row>();
    var left = new ArrayDeque<Row>(roots);
    for (Row next = left.poll(); next != null; next = left.poll()) {
      ordered.add(next);
      for (Row child : children.getOrDefault(next, List.of()).reversed()) {
        child.depth = next.depth + 1;
        left.push(child);
      }
    }
    return ordered;
  }
}
