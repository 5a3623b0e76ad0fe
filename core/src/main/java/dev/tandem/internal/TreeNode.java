package dev.tandem.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread or group in a snapshot of what runs.
 *
 * @param kind what it is
 * @param label what it is called where it stands
 * @param path what it is called from the root down; empty when nothing has a name
 * @param activity what its thread does
 * @param threadId the number of its thread; 0 when it has none
 * @param waitsFor what its thread waits for; null when it does not
 * @param at where its thread is, when it is in code that is not the runtime's; empty when unknown
 * @param limits the deadlines it is under, but for those of threads around it
 * @param stop why it was cancelled; null when it was not
 * @param age nanoseconds since it began; {@link #UNKNOWN} unless times are kept
 * @param below its children, the oldest first
 */
public record TreeNode(
    Kind kind,
    String label,
    String path,
    Activity activity,
    long threadId,
    @Nullable Wait waitsFor,
    String at,
    List<Limit> limits,
    @Nullable Stop stop,
    long age,
    List<TreeNode> below) {

  public static final long UNKNOWN = -1;

  /** What a node is. */
  public enum Kind {
    /** A thread that is no task, and what it has started. */
    ROOT,
    /** A group with a name. */
    GROUP,
    /** A task. */
    TASK
  }

  /** What a thread does. */
  public enum Activity {
    /** It has not begun. */
    STARTING,
    RUNNING,
    WAITING
  }

  /**
   * A wait.
   *
   * @param words all of it, for people
   * @param since nanoseconds that it has lasted; {@link #UNKNOWN} unless times are kept
   */
  public record Wait(
      String kind, String name, String state, List<String> holders, String words, long since) {}

  /**
   * A deadline.
   *
   * @param left nanoseconds; 0 when it has passed
   */
  public record Limit(String owner, long left) {}

  /**
   * A cancellation.
   *
   * @param words the reason, and who asked
   * @param by the path of the task that asked; empty when it was no task, or is not known
   * @param since nanoseconds; {@link #UNKNOWN} unless times are kept
   */
  public record Stop(String words, String by, long since) {}

  /**
   * All that was found.
   *
   * @param cycles of threads that wait for each other, in words
   * @param leftOut how many tasks were found that there was no room for
   */
  public record Picture(List<TreeNode> roots, List<String> cycles, int leftOut) {}
}
