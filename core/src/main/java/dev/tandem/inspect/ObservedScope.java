package dev.tandem.inspect;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A scope, as a {@link TaskObserver} sees it: the same object from its begin to its end. */
public final class ObservedScope {

  /** What a scope is made for. */
  public enum Kind {
    /** Tasks: a task group, a gather, an iterator. */
    GROUP,
    /** A deadline. */
    TIMEOUT,
    /** To keep cancellation out. */
    SHIELD,
    /** A single task. */
    TASK
  }

  private final long id;
  private final Kind kind;
  private final String path;
  private final @Nullable Duration deadline;
  private final @Nullable ObservedScope around;

  // Set once by whoever made it, before anybody else knows it.
  private @Nullable ObservedTask task;

  ObservedScope(
      long id,
      Kind kind,
      String path,
      @Nullable Duration deadline,
      @Nullable ObservedScope around) {
    this.id = id;
    this.kind = kind;
    this.path = path;
    this.deadline = deadline;
    this.around = around;
  }

  void belongsTo(ObservedTask owner) {
    task = owner;
  }

  /** A number, from 1 in the order in which the observer came to know of scopes. */
  public long id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** The names from the root to the scope, joined with slashes; one without a name adds nothing. */
  public String path() {
    return path;
  }

  /** When it was to end as it was entered, on the clock of the tasks; empty if it has no end. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** The task whose code is inside; of a {@link Kind#TASK} that task. */
  public ObservedTask task() {
    if (task == null) {
      throw new IllegalStateException("scope " + id + " is not told of yet");
    }
    return task;
  }

  /** The scope around this one, be it of another task. */
  public Optional<ObservedScope> parent() {
    return Optional.ofNullable(around);
  }

  @Nullable ObservedScope around() {
    return around;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + path;
  }
}
