package dev.tandem.inspect;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task, as a {@link TaskObserver} sees it: the same object from its start to its end. It keeps
 * nothing of the task alive.
 */
public final class ObservedTask {

  private final long id;
  private final String path;
  private final @Nullable ObservedTask parent;
  private final @Nullable ObservedScope group;

  ObservedTask(long id, String path, @Nullable ObservedTask parent, @Nullable ObservedScope group) {
    this.id = id;
    this.path = path;
    this.parent = parent;
    this.group = group;
  }

  /** A number, from 1 in the order in which the observer came to know of tasks. */
  public long id() {
    return id;
  }

  /** The names from the root to the task, joined with slashes; may be empty for a thread. */
  public String path() {
    return path;
  }

  /** The task in whose group it runs; empty for a thread of somebody else's. */
  public Optional<ObservedTask> parent() {
    return Optional.ofNullable(parent);
  }

  /** The group it is a child of; empty for a thread of somebody else's. */
  public Optional<ObservedScope> group() {
    return Optional.ofNullable(group);
  }

  /** What the path says beyond that of the task around. */
  public String name() {
    String around = parent == null ? "" : parent.path;
    boolean below = !around.isEmpty() && path.startsWith(around + "/");
    return below ? path.substring(around.length() + 1) : path;
  }

  /** True when cancelling {@code scope} reaches the task, unless its own code shields it. */
  public boolean isInside(ObservedScope scope) {
    for (ObservedScope around = group; around != null; around = around.around()) {
      if (around == scope) {
        return true;
      }
      if (around.kind() == ObservedScope.Kind.SHIELD) {
        return false;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "task " + id + " " + path;
  }
}
