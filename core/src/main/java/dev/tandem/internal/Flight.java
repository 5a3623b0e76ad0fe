package dev.tandem.internal;

import org.jspecify.annotations.Nullable;

/**
 * Events for the JDK's flight recorder. While there is no recording, asking whether there is one
 * costs nothing that could be measured: the answer is a constant that the recorder replaces.
 */
public final class Flight {

  /** A runtime image may lack the recorder. */
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Flight() {}

  /** True while a recording takes events of ours. */
  static boolean isOn() {
    return PRESENT && Kinds.areOn();
  }

  /** A task begins on the current thread; null when no recording wants to know. */
  static @Nullable TaskEvent taskBegins(Fiber task) {
    return PRESENT ? Kinds.taskBegins(task) : null;
  }

  static void taskEnds(
      @Nullable TaskEvent event, Fiber task, TaskEnding how, @Nullable Throwable thrown) {
    if (event == null) {
      return;
    }
    event.end();
    if (event.shouldCommit()) {
      event.parent = task.group().path();
      event.outcome = words(how);
      event.failure = thrown == null ? null : thrown.getClass().getName();
      event.commit();
    }
  }

  static @Nullable WaitEvent waitBegins() {
    return PRESENT ? Kinds.waitBegins() : null;
  }

  static void waitEnds(@Nullable WaitEvent event, Waiter waiter) {
    if (event == null) {
      return;
    }
    event.end();
    if (event.shouldCommit()) {
      Awaited awaited = WaitWords.of(waiter);
      event.kind = awaited.kind();
      event.resource = awaited.name();
      event.state = awaited.state();
      event.end = WaitWords.end(waiter);
      event.path = waiter.scope == null ? "" : waiter.scope.path();
      event.commit();
    }
  }

  static void cancelAsked(Scope scope, CancelCause cause) {
    if (PRESENT && Kinds.CANCEL.isEnabled()) {
      var event = new CancelEvent();
      event.scope = scope.path();
      event.reason = cause.reason();
      event.requester = cause.requester();
      event.commit();
    }
  }

  /** A group begins on the current thread; null when no recording wants to know. */
  public static @Nullable GroupEvent groupBegins() {
    return PRESENT ? Kinds.groupBegins() : null;
  }

  public static void groupEnds(@Nullable GroupEvent event, Group group) {
    if (event != null) {
      Observing.safely(() -> commit(event, group));
    }
  }

  private static void commit(GroupEvent event, Group group) {
    event.end();
    if (event.shouldCommit()) {
      CancelCause cause = group.ownCause();
      event.path = group.path();
      event.cancelled = cause == null ? null : cause.reason();
      event.commit();
    }
  }

  private static String words(TaskEnding ending) {
    return switch (ending) {
      case RETURNED -> "succeeded";
      case FAILED -> "failed";
      case STOPPED -> "cancelled";
    };
  }

  /** Apart, so that without a recorder nothing of it is loaded. */
  private static final class Kinds {
    static final TaskEvent TASK = new TaskEvent();
    static final WaitEvent WAIT = new WaitEvent();
    static final CancelEvent CANCEL = new CancelEvent();
    static final GroupEvent GROUP = new GroupEvent();

    static boolean areOn() {
      return TASK.isEnabled() || WAIT.isEnabled() || CANCEL.isEnabled() || GROUP.isEnabled();
    }

    // A lack of stack or memory means no event, and nothing else.

    static @Nullable TaskEvent taskBegins(Fiber task) {
      try {
        if (TASK.isEnabled()) {
          var event = new TaskEvent();
          event.path = task.path();
          event.begin();
          return event;
        }
      } catch (Throwable lack) {
        Thread.onSpinWait();
      }
      return null;
    }

    static @Nullable WaitEvent waitBegins() {
      try {
        if (WAIT.isEnabled()) {
          var event = new WaitEvent();
          event.begin();
          return event;
        }
      } catch (Throwable lack) {
        Thread.onSpinWait();
      }
      return null;
    }

    static @Nullable GroupEvent groupBegins() {
      try {
        if (GROUP.isEnabled()) {
          var event = new GroupEvent();
          event.begin();
          return event;
        }
      } catch (Throwable lack) {
        Thread.onSpinWait();
      }
      return null;
    }
  }
}
