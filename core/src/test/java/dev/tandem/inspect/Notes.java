package dev.tandem.inspect;

import dev.tandem.Cancellation;
import dev.tandem.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down all that it is told, with times in milliseconds. */
final class Notes implements TaskObserver {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** The tasks by path, as far as paths tell them apart. */
  final Map<String, ObservedTask> tasks = new ConcurrentHashMap<>();

  List<String> all() {
    return lines;
  }

  /** What was told of the task of that path. */
  List<String> about(String path) {
    return lines.stream().filter(line -> line.split(" ", 3)[1].equals(path)).toList();
  }

  @Override
  public void taskSpawned(Duration at, ObservedTask task) {
    tasks.put(task.path(), task);
    note(at, task, "spawned");
  }

  @Override
  public void taskStarted(Duration at, ObservedTask task) {
    note(at, task, "started");
  }

  @Override
  public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
    note(at, task, "waits for " + wait.kind());
  }

  @Override
  public void waitEnded(Duration at, ObservedTask task, ObservedWait wait, WaitEnd end) {
    note(at, task, end == WaitEnd.CANCELLED ? "CANCELLED wait" : end.name());
  }

  @Override
  public void taskEnded(Duration at, ObservedTask task, TaskState end, Optional<Throwable> thrown) {
    boolean failed = end == TaskState.FAILED;
    note(at, task, end + (failed ? " " + thrown.orElseThrow().getMessage() : ""));
  }

  @Override
  public void scopeOpened(Duration at, ObservedScope scope) {
    note(at, scope, "opened" + scope.deadline().map(end -> " until " + end.toMillis()).orElse(""));
  }

  @Override
  public void scopeClosed(Duration at, ObservedScope scope) {
    note(at, scope, "closed");
  }

  @Override
  public void cancelAsked(Duration at, ObservedScope scope, Cancellation why) {
    note(at, scope, "cancel asked: " + why);
  }

  private void note(Duration at, ObservedTask task, String what) {
    lines.add(at.toMillis() + " " + task.path() + " " + what);
  }

  private void note(Duration at, ObservedScope scope, String what) {
    lines.add(at.toMillis() + " " + scope.kind() + " " + scope.path() + " " + what);
  }
}
