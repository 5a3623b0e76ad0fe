package dev.tandem.inspect;

import dev.tandem.TaskState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The life of one task, cut into stretches in which it did one thing. */
final class Row {

  /** What a task does in a stretch of time. */
  enum Doing {
    /** It was spawned and has not begun. */
    READY,
    RUNNING,
    SLEEPING,
    WAITING,
    /** It is cancelled, or something in it is, and it has not stopped. */
    STOPPING
  }

  /** A stretch of time. */
  record Stretch(long from, long to, Doing doing) {}

  /** A wait; {@code end} is null while it lasts. */
  record Waited(long from, long to, ObservedWait resource, @Nullable WaitEnd end) {}

  /** The time inside a scope. */
  record Stay(long from, long to, ObservedScope scope) {}

  final ObservedTask task;
  final long start;
  final List<Stretch> stretches = new ArrayList<>();
  final List<Waited> waits = new ArrayList<>();
  final List<Stay> stays = new ArrayList<>();
  final List<Moment.CancelAsked> cancels = new ArrayList<>();
  int depth;
  long end;
  @Nullable TaskState outcome;
  String thrown = "";

  private boolean begun;
  private @Nullable ObservedWait waiting;
  private long waitingSince;
  private final Set<ObservedScope> cancelled = new HashSet<>();
  private final Deque<Stay> open = new ArrayDeque<>();
  private long since;

  Row(ObservedTask task, long start) {
    this.task = task;
    this.start = start;
    this.since = start;
    this.end = start;
  }

  void begins(long at) {
    change(at);
    begun = true;
  }

  void waits(long at, ObservedWait wait) {
    change(at);
    begun = true;
    waiting = wait;
    waitingSince = at;
  }

  void goesOn(long at, ObservedWait wait, WaitEnd how) {
    change(at);
    begun = true;
    waits.add(new Waited(waiting == null ? start : waitingSince, at, wait, how));
    waiting = null;
  }

  void enters(long at, ObservedScope scope) {
    change(at);
    begun = true;
    open.push(new Stay(at, at, scope));
  }

  void leaves(long at, ObservedScope scope) {
    change(at);
    cancelled.remove(scope);
    // Those that do not nest are no part of the picture.
    Stay last = open.peek();
    if (last != null && last.scope == scope) {
      open.pop();
      stays.add(new Stay(last.from, at, scope));
    } else {
      open.removeIf(stay -> stay.scope == scope);
    }
  }

  /** Some scope is cancelled; true when the task is inside of it. */
  boolean isReachedBy(ObservedScope scope) {
    if (scope.task() != task) {
      return task.isInside(scope);
    }
    for (Stay stay : open) {
      if (stay.scope == scope) {
        return true;
      }
      if (stay.scope.kind() == ObservedScope.Kind.SHIELD) {
        return false;
      }
    }
    return scope.kind() == ObservedScope.Kind.TASK;
  }

  void stops(long at, ObservedScope scope) {
    change(at);
    cancelled.add(scope);
  }

  void ends(long at, @Nullable TaskState how, String words) {
    change(at);
    if (waiting != null) {
      waits.add(new Waited(waitingSince, at, waiting, null));
      waiting = null;
    }
    for (Stay stay : open) {
      stays.add(new Stay(stay.from, at, stay.scope));
    }
    open.clear();
    end = at;
    outcome = how;
    thrown = words;
  }

  private void change(long at) {
    if (at <= since) {
      return;
    }
    Doing doing = doing();
    Stretch last = stretches.isEmpty() ? null : stretches.getLast();
    if (last != null && last.doing == doing) {
      stretches.removeLast();
      stretches.add(new Stretch(last.from, at, doing));
    } else {
      stretches.add(new Stretch(since, at, doing));
    }
    since = at;
  }

  private Doing doing() {
    if (!cancelled.isEmpty()) {
      return Doing.STOPPING;
    }
    if (waiting != null) {
      return waiting.isSleep() ? Doing.SLEEPING : Doing.WAITING;
    }
    return begun ? Doing.RUNNING : Doing.READY;
  }
}
