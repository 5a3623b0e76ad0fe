package dev.tandem.inspect;

import static java.util.Objects.requireNonNull;

import dev.tandem.TaskGroup;
import dev.tandem.internal.Backstage;
import dev.tandem.internal.TreeNode;
import dev.tandem.internal.TreeText;
import dev.tandem.internal.TreeWalk;
import java.util.List;

/**
 * What runs at one moment, and who waits for whom: every thread that has opened a scope, with its
 * groups and tasks.
 *
 * <pre>{@code
 * System.err.println(TaskTree.live().text());
 * }</pre>
 *
 * <p>prints something like
 *
 * <pre>
 * main  joins fleet (2 running)
 * └─ fleet
 *    ├─ check#17  running at acme.Ise.read(Ise.java:31)  timeout in fleet/check#17: 0.100 s left
 *    └─ check#31  waits for semaphore 'tacacs' (permits 0/10 free, 4 waiting)
 * </pre>
 *
 * <p>A tree is immutable. It is taken while everything goes on, thread by thread: one line may be a
 * little older than the next, and a task that has just ended may still be there. Only a circle of
 * tasks that wait for each other is looked at twice, so one that is told of was there. Taking a
 * tree costs the program nothing before. Meanwhile a primitive or a group may be held up for the
 * moment in which it is asked; and where a thread is that does not wait in Tandem is asked of 200
 * threads at most, because that is dear.
 *
 * <p>A tree is bounded: so many nodes, 40 levels, names of 120 characters and paths of 1,000, each
 * on one line. How many tasks were left out is told; those below them are not counted.
 */
public final class TaskTree {

  private final TreeNode.Picture picture;
  private final List<TaskNode> roots;

  private TaskTree(TreeNode.Picture picture) {
    this.picture = picture;
    roots = picture.roots().stream().map(TaskNode::of).toList();
  }

  /** All that runs in this process, at most 10,000 nodes of it. */
  public static TaskTree live() {
    return live(Defaults.MOST_NODES);
  }

  /**
   * All that runs in this process.
   *
   * @param most how many nodes there may be
   * @throws IllegalArgumentException when {@code most} is below 1
   */
  public static TaskTree live(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "most must be at least 1, but was " + most + "; pass how many nodes there may be");
    }
    return new TaskTree(TreeWalk.live(most));
  }

  /** What runs in one group, which is the only root; the same as {@link TaskGroup#dump} shows. */
  public static TaskTree of(TaskGroup group) {
    requireNonNull(group, "group");
    return new TaskTree(
        TreeWalk.of(Backstage.get().scope(group), group.toString(), Defaults.MOST_NODES));
  }

  /** Where the tree begins: the threads that opened the outermost scopes. */
  public List<TaskNode> roots() {
    return roots;
  }

  /**
   * Tasks that wait for each other in a circle, each circle in words: "a waits for lock 'x' held by
   * b, which waits for task a". They wait for ever, unless a deadline or a cancellation ends one of
   * these waits. At most ten; of waits for very many tasks only the first of those are looked at.
   */
  public List<String> circles() {
    return picture.cycles();
  }

  /** How many tasks there was no room for. */
  public int leftOut() {
    return picture.leftOut();
  }

  /** The tree as lines of text, and under it the circles. */
  public String text() {
    return picture.roots().isEmpty() ? "no task runs\n" : TreeText.of(picture);
  }

  /** The tasks and threads as a table, one a line, and under it the circles. */
  public String table() {
    return Table.of(picture);
  }

  /**
   * The tree as JSON: {@code {"roots": […], "circles": […], "leftOut": 0}}. Each node has the
   * fields of {@link TaskNode}, times in seconds, and null for what is not known.
   */
  public String json() {
    return TreeJson.tree(picture);
  }

  /** Like {@link #json}, but with {@code "tasks"}, all in one list without children or groups. */
  public String tableJson() {
    return TreeJson.table(picture);
  }

  /** The same as {@link #text}. */
  @Override
  public String toString() {
    return text();
  }
}
