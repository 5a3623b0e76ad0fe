package dev.tandem.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tree of what runs in a group, as lines of text: each task with what it does, the deadlines it
 * is under, and why it was cancelled. A snapshot of moving things: a line may be older than the
 * next.
 */
public final class TreeText {

  private static final int MOST_LINES = 200;
  private static final int DEEPEST = 40;

  private final long now;
  private final StringBuilder text = new StringBuilder();
  private int lines;

  private TreeText(long now) {
    this.now = now;
  }

  /** The tree below {@code root}, which is its first line. */
  public static String of(Group root, String title) {
    var tree = new TreeText(root.context().runtime().now());
    Deque<Scope> inner = innerOf(root);
    var notes = new StringBuilder(tree.ending(root));
    inner.forEach(scope -> notes.append(tree.ending(scope)));
    tree.line("", "", title, notes.toString());
    tree.children(childrenOf(root, inner), "", 1);
    if (tree.lines > MOST_LINES) {
      tree.text.append("... and ").append(tree.lines - MOST_LINES).append(" more\n");
    }
    return tree.text.toString();
  }

  private void children(List<Fiber> fibers, String indent, int depth) {
    // The list of a group has the youngest first.
    for (int i = fibers.size() - 1; i >= 0; i--) {
      boolean last = i == 0;
      String mark = last ? "└─ " : "├─ ";
      fiber(fibers.get(i), indent, mark, indent + (last ? "   " : "│  "), depth);
    }
  }

  private void fiber(Fiber fiber, String indent, String mark, String below, int depth) {
    Deque<Scope> inner = innerOf(fiber);
    var notes = new StringBuilder(fiber.activity()).append(ending(fiber));
    inner.forEach(scope -> notes.append(ending(scope)));
    line(indent, mark, label(fiber), notes.toString());
    if (depth >= DEEPEST) {
      if (inner.stream().anyMatch(scope -> !childrenOf(scope).isEmpty())) {
        line(below, "└─ ", "... deeper", "");
      }
      return;
    }
    children(childrenOf(fiber, inner), below, depth + 1);
  }

  /** The scopes that the thread of {@code outer} has entered inside it, the outermost first. */
  private static Deque<Scope> innerOf(Scope outer) {
    var inner = new ArrayDeque<Scope>();
    for (Scope scope = outer.context.scope(); scope != outer; scope = scope.parent()) {
      if (scope == null) {
        // The thread has left it.
        return new ArrayDeque<>();
      }
      inner.push(scope);
    }
    return inner;
  }

  /** Children of all the groups that one thread is in, as one list. */
  private static List<Fiber> childrenOf(Scope outer, Deque<Scope> inner) {
    var all = new ArrayList<Fiber>(childrenOf(outer));
    inner.forEach(scope -> all.addAll(0, childrenOf(scope)));
    return all;
  }

  private static List<Fiber> childrenOf(Scope scope) {
    var children = new ArrayDeque<Scope>();
    scope.addChildren(children);
    return children.stream().map(Fiber.class::cast).toList();
  }

  private String ending(Scope scope) {
    String owner = scope.deadlineOwner();
    long deadline = scope.deadline();
    String words = "";
    if (owner != null && deadline != TaskRuntime.NEVER) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - now));
      words = "  " + owner + ": " + seconds(left) + " left";
    }
    CancelCause cause = scope.ownCause();
    return cause == null ? words : words + "  cancelled: " + cause;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }

  private static String label(Scope scope) {
    @Nullable String own = scope.label();
    return own == null ? "(starting)" : own;
  }

  private void line(String indent, String mark, String label, String notes) {
    if (++lines <= MOST_LINES) {
      text.append(indent).append(mark).append(label);
      if (!notes.isBlank()) {
        text.append("  ").append(notes.strip());
      }
      text.append('\n');
    }
  }
}
