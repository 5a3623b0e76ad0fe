package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a group shall behave, where that differs from {@link TaskGroup#run}.
 *
 * <pre>{@code
 * TaskGroup.settings().name("fleet").collectFailures().grace(ofSeconds(2)).run(group -> {
 *   for (Host host : hosts) {
 *     group.start(host.name(), () -> check(host));
 *   }
 * });
 * }</pre>
 *
 * <p>A value of this type is immutable and may be used again.
 */
public final class GroupSettings {

  static final GroupSettings DEFAULT = new GroupSettings(null, false, 0);

  final @Nullable String name;
  final boolean collecting;

  /** Nanoseconds; zero for that of the group around. */
  final long grace;

  private GroupSettings(@Nullable String name, boolean collecting, long grace) {
    this.name = name;
    this.collecting = collecting;
    this.grace = grace;
  }

  /** What the group is called in the paths of what runs inside. */
  public GroupSettings name(String name) {
    return new GroupSettings(requireNonNull(name, "name"), collecting, grace);
  }

  /** A child that fails leaves the others alone; see {@link TaskGroup#collect}. */
  public GroupSettings collectFailures() {
    return new GroupSettings(name, true, grace);
  }

  /**
   * How long the tasks have to stop after they were cancelled before those that still run are
   * reported, with path and stack, to the log {@code dev.tandem.stragglers}, and interrupted once
   * more; then again after twice that time, and so on. Groups within have the same grace unless
   * they are told otherwise. It is 10 seconds if nobody says anything.
   *
   * @throws IllegalArgumentException when {@code grace} is not longer than zero
   */
  public GroupSettings grace(Duration grace) {
    return new GroupSettings(name, collecting, Durations.positive(grace, "grace"));
  }

  /** See {@link TaskGroup#run(GroupWork)}. */
  public <T extends @Nullable Object, X extends Exception> T run(GroupWork<T, X> body)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    return TaskGroup.open(this, body, false);
  }

  /** See {@link TaskGroup#run(GroupAction)}. */
  public <X extends Exception> void run(GroupAction<X> body) throws X, InterruptedException {
    TaskGroup.<@Nullable Void, X>open(this, Adapters.asWork(body), true);
  }
}
