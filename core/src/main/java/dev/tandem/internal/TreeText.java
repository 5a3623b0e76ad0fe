package dev.tandem.internal;

import dev.tandem.internal.TreeNode.Activity;
import dev.tandem.internal.TreeNode.Kind;
import dev.tandem.internal.TreeNode.Limit;
import dev.tandem.internal.TreeNode.Picture;
import dev.tandem.internal.TreeNode.Stop;
import dev.tandem.internal.TreeNode.Wait;
import java.util.Iterator;
import java.util.List;

/**
 * The tree of what runs, as lines of text: each task with what it waits for, the deadlines it is
 * under, and why it was cancelled; and at the end those who wait for each other in a circle.
 */
public final class TreeText {

  /** So many lines are what somebody may still read. */
  public static final int MOST_LINES = 200;

  private final StringBuilder text = new StringBuilder();

  private TreeText() {}

  /** The tree below {@code root}, whose first line is the title. */
  public static String of(Group root, String title) {
    return of(TreeWalk.of(root, title, MOST_LINES));
  }

  /** All of a picture. */
  public static String of(Picture picture) {
    var tree = new TreeText();
    for (TreeNode root : picture.roots()) {
      tree.node(root, "", "", "");
    }
    return tree.text.append(closing(picture)).toString();
  }

  /** What stands below all nodes. */
  public static String closing(Picture picture) {
    var text = new StringBuilder();
    if (picture.leftOut() > 0) {
      text.append("... and ").append(picture.leftOut()).append(" more\n");
    }
    for (String cycle : picture.cycles()) {
      text.append("circle: ").append(cycle).append('\n');
    }
    return text.toString();
  }

  /** What a node does and is under, in words; empty when there is nothing to say. */
  public static String notes(TreeNode node) {
    var notes = new StringBuilder();
    if (node.age() != TreeNode.UNKNOWN) {
      add(notes, "age " + Words.seconds(node.age()));
    }
    boolean isBody = node.kind() == Kind.GROUP && node.waitsFor() != null;
    add(notes, (isBody ? "its body " : "") + doing(node));
    for (Limit limit : node.limits()) {
      add(notes, Words.brief(limit.owner()) + ": " + Words.seconds(limit.left()) + " left");
    }
    Stop stop = node.stop();
    if (stop != null) {
      String since = stop.since() == TreeNode.UNKNOWN ? "" : Words.seconds(stop.since()) + " ago";
      add(notes, "cancelled" + (since.isEmpty() ? "" : " " + since) + ": " + stop.words());
    }
    return notes.toString();
  }

  /** What a node waits for, or that it runs. */
  public static String doing(TreeNode node) {
    Wait wait = node.waitsFor();
    if (wait == null) {
      if (node.kind() == Kind.GROUP) {
        return "";
      }
      String doing = node.activity() == Activity.STARTING ? "starting" : "running";
      return node.at().isEmpty() ? doing : doing + " at " + node.at();
    }
    String since = wait.since() == TreeNode.UNKNOWN ? "" : Words.seconds(wait.since()) + " ";
    return switch (wait.kind()) {
      case "sleep" -> "sleeps " + since + "(" + wait.state() + ")";
      case "group" ->
          "joins " + since + (wait.name().isEmpty() ? "its tasks" : name(wait)) + " " + rest(wait);
      default -> "waits " + since + "for " + wait.words();
    };
  }

  private static String name(Wait wait) {
    return Words.brief(wait.name());
  }

  private static String rest(Wait wait) {
    return "(" + wait.state() + ")";
  }

  private void node(TreeNode node, String indent, String mark, String below) {
    line(indent, mark, node.label(), notes(node));
    List<TreeNode> children = node.below();
    for (Iterator<TreeNode> left = children.iterator(); left.hasNext(); ) {
      TreeNode child = left.next();
      boolean last = !left.hasNext();
      node(child, below, last ? "└─ " : "├─ ", below + (last ? "   " : "│  "));
    }
  }

  private void line(String indent, String mark, String label, String notes) {
    text.append(indent).append(mark).append(label);
    if (!notes.isEmpty()) {
      text.append("  ").append(notes);
    }
    text.append('\n');
  }

  private static void add(StringBuilder notes, String note) {
    if (!note.isEmpty()) {
      notes.append(notes.isEmpty() ? "" : "  ").append(note);
    }
  }
}
