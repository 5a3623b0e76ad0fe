package dev.tandem.inspect;

import dev.tandem.internal.TreeNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One task, group or thread in a {@link TaskTree}, as it was when the tree was taken.
 *
 * <pre>{@code
 * TaskTree.live().roots().stream()
 *     .flatMap(TaskNode::all)
 *     .filter(node -> node.waitsFor().isPresent())
 *     .forEach(node -> log(node.path() + " " + node.waitsFor().get().words()));
 * }</pre>
 *
 * @param kind what it is
 * @param label what it is called where it stands
 * @param path the names from the root down, joined with slashes; empty when nothing has a name
 * @param state what its thread does
 * @param threadId the number of its thread, as in the JDK's thread dumps; empty for a group
 * @param waitsFor what its thread waits for in Tandem; empty when it does not
 * @param at where its thread is in code that is not the JDK's, when it runs or is blocked outside
 *     Tandem; empty when that is not known
 * @param deadlines those that were set in it, the outermost first; those around it apply as well
 * @param cancellation why it was cancelled; empty when it was not
 * @param age how long ago it began; empty unless times were kept, see {@link
 *     Inspection#recordTimes}
 * @param children what was started in it, the oldest first
 */
public record TaskNode(
    Kind kind,
    String label,
    String path,
    State state,
    OptionalLong threadId,
    Optional<Wait> waitsFor,
    String at,
    List<Deadline> deadlines,
    Optional<Cancellation> cancellation,
    Optional<Duration> age,
    List<TaskNode> children) {

  /** What a node is. */
  public enum Kind {
    /** A thread that is no task, but has opened a scope. */
    ROOT,
    /** A group with a name; one without shows its tasks where it was opened. */
    GROUP,
    /** A task. */
    TASK
  }

  /** What a thread does. */
  public enum State {
    /** It has not begun. */
    STARTING,
    /** It runs, or is blocked in something that is not Tandem's. */
    RUNNING,
    /** It waits in Tandem. */
    WAITING
  }

  /**
   * A wait.
   *
   * @param kind of what it is: "semaphore", "lock", "sleep", "task", "group"
   * @param name what the program calls it; empty when it has no name
   * @param state how it stands: "permits 0/5 free"; empty when there is nothing to say
   * @param holders the tasks or threads without which the wait cannot end. Known for locks, tasks
   *     and groups; empty for whatever anybody may bring about, such as a permit, which does not
   *     know its holder. Of very many only the first
   * @param words all of it, as {@link TaskTree#text} shows it
   * @param lasts how long it has lasted; empty unless times were kept
   */
  public record Wait(
      String kind,
      String name,
      String state,
      List<String> holders,
      String words,
      Optional<Duration> lasts) {}

  /**
   * A deadline.
   *
   * @param owner who set it
   * @param left how much time is left; zero when it has passed
   */
  public record Deadline(String owner, Duration left) {}

  /**
   * A cancellation that was asked for; the task may still run.
   *
   * @param reason why, and in brackets who asked
   * @param requester the path of the task that asked; empty when none did
   * @param ago how long ago; empty unless times were kept
   */
  public record Cancellation(String reason, String requester, Optional<Duration> ago) {}

  /** This node and all below it. */
  public Stream<TaskNode> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(TaskNode::all));
  }

  static TaskNode of(TreeNode node) {
    return new TaskNode(
        Kind.valueOf(node.kind().name()),
        node.label(),
        node.path(),
        State.valueOf(node.activity().name()),
        node.threadId() == 0 ? OptionalLong.empty() : OptionalLong.of(node.threadId()),
        Optional.ofNullable(node.waitsFor()).map(TaskNode::wait),
        node.at(),
        node.limits().stream()
            .map(limit -> new Deadline(limit.owner(), Duration.ofNanos(limit.left())))
            .toList(),
        Optional.ofNullable(node.stop()).map(TaskNode::cancellation),
        duration(node.age()),
        node.below().stream().map(TaskNode::of).toList());
  }

  private static Wait wait(TreeNode.Wait wait) {
    return new Wait(
        wait.kind(),
        wait.name(),
        wait.state(),
        wait.holders(),
        wait.words(),
        duration(wait.since()));
  }

  private static Cancellation cancellation(TreeNode.Stop stop) {
    return new Cancellation(stop.words(), stop.by(), duration(stop.since()));
  }

  private static Optional<Duration> duration(long nanos) {
    return nanos == TreeNode.UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }
}
