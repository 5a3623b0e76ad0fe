package dev.tandem.inspect;

import dev.tandem.inspect.ObservedScope.Kind;
import dev.tandem.internal.Context;
import dev.tandem.internal.Fiber;
import dev.tandem.internal.Group;
import dev.tandem.internal.Scope;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who plays for an observer: the tasks and scopes that live, each under the name it was given. */
final class Cast {

  private final AtomicLong tasksMade = new AtomicLong();
  private final AtomicLong scopesMade = new AtomicLong();

  // By context and not by task: items of a gather, one after the other, are played by one thread.
  private final Map<Context, ObservedTask> tasks = new ConcurrentHashMap<>();
  private final Map<Scope, ObservedScope> scopes = new ConcurrentHashMap<>();

  /** True for the first scope of a thread of somebody else's. */
  boolean isOutermost(Scope scope) {
    return scope.parent() == null;
  }

  boolean knows(Context context) {
    return tasks.containsKey(context);
  }

  int size() {
    return tasks.size() + scopes.size();
  }

  ObservedTask task(Fiber fiber) {
    return scope(fiber).task();
  }

  /** A thread of somebody else's, which is a task from its outermost scope on. */
  ObservedTask thread(Scope outermost) {
    return scope(outermost).task();
  }

  /** The task of a thread; null when it is in none, or between two items. */
  @Nullable ObservedTask task(@Nullable Context context) {
    if (context == null) {
      return null;
    }
    ObservedTask known = tasks.get(context);
    Scope innermost = context.scope();
    if (known != null || innermost == null) {
      return known;
    }
    Fiber fiber = innermost.fiber();
    return fiber != null && !fiber.isTask() ? null : scope(innermost).task();
  }

  ObservedScope scope(Scope scope) {
    ObservedScope known = scopes.get(scope);
    if (known != null) {
      return known;
    }
    // From the outside in, and not by recursion: scopes may be nested deeper than a stack.
    var unknown = new ArrayDeque<Scope>();
    for (Scope around = scope; around != null; around = around.parent()) {
      if (scopes.containsKey(around)) {
        break;
      }
      unknown.push(around);
    }
    ObservedScope made = null;
    for (Scope next : unknown) {
      made = scopes.computeIfAbsent(next, this::make);
    }
    return made == null ? scope(scope) : made;
  }

  /** The scope; one that is not known may have ended, and is not remembered. */
  ObservedScope scopeOrStranger(Scope scope) {
    ObservedScope known = scopes.get(scope);
    if (known != null) {
      return known;
    }
    var stranger =
        new ObservedScope(scopesMade.incrementAndGet(), kind(scope), scope.path(), null, null);
    stranger.belongsTo(new ObservedTask(tasksMade.incrementAndGet(), scope.path(), null, null));
    return stranger;
  }

  void forget(Scope scope) {
    scopes.remove(scope);
  }

  void forget(Context context) {
    tasks.remove(context);
  }

  /** Makes one whose parent is known. */
  private ObservedScope make(Scope scope) {
    Scope parent = scope.parent();
    ObservedScope around = parent == null ? null : scopes.get(parent);
    long end = scope.deadline();
    Duration deadline = end == TaskRuntime.NEVER ? null : Duration.ofNanos(end);
    var made =
        new ObservedScope(
            scopesMade.incrementAndGet(), kind(scope), scope.path(), deadline, around);
    made.belongsTo(owner(scope, made));
    return made;
  }

  private ObservedTask owner(Scope scope, ObservedScope made) {
    ObservedScope around = made.around();
    if (scope instanceof Fiber) {
      ObservedTask parent = around == null ? null : around.task();
      var task = new ObservedTask(tasksMade.incrementAndGet(), made.path(), parent, around);
      tasks.put(scope.context(), task);
      return task;
    }
    if (around != null) {
      return around.task();
    }
    return tasks.computeIfAbsent(
        scope.context(),
        thread -> new ObservedTask(tasksMade.incrementAndGet(), made.path(), null, null));
  }

  private static Kind kind(Scope scope) {
    if (scope instanceof Fiber) {
      return Kind.TASK;
    }
    if (scope instanceof Group) {
      return Kind.GROUP;
    }
    return scope.deadlineOwner() == null ? Kind.SHIELD : Kind.TIMEOUT;
  }
}
