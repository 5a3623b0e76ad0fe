package dev.tandem.internal;

import dev.tandem.internal.TreeNode.Activity;
import dev.tandem.internal.TreeNode.Kind;
import dev.tandem.internal.TreeNode.Limit;
import dev.tandem.internal.TreeNode.Picture;
import dev.tandem.internal.TreeNode.Stop;
import dev.tandem.internal.TreeNode.Wait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the scopes of threads and notes what it finds. Things move meanwhile: one node may
 * be older than the next, and what has just ended may be there still.
 */
public final class TreeWalk {

  private static final int DEEPEST = 40;
  private static final int MOST_STACKS = 200;
  private static final int MOST_LIMITS = 16;
  private static final TreeNode DEEPER =
      new TreeNode(
          Kind.GROUP,
          "... deeper",
          "",
          Activity.RUNNING,
          0,
          null,
          "",
          List.of(),
          null,
          TreeNode.UNKNOWN,
          List.of());

  private final WaitGraph graph = new WaitGraph();
  private int room;
  private int stacks = MOST_STACKS;
  private int leftOut;

  private TreeWalk(int most) {
    room = most;
  }

  /**
   * What runs in {@code root}, which is the one root of the picture.
   *
   * @param most how many nodes there may be
   */
  public static Picture of(Group root, String title, int most) {
    var walk = new TreeWalk(most);
    return walk.picture(List.of(walk.thread(root, Kind.GROUP, Words.line(title), 0)));
  }

  /**
   * All that runs in this process.
   *
   * @param most how many nodes there may be
   */
  public static Picture live(int most) {
    var walk = new TreeWalk(most);
    var roots = new ArrayList<TreeNode>();
    for (Scope outermost : Roots.all()) {
      if (walk.room <= 0) {
        walk.leftOut++;
      } else {
        roots.add(walk.thread(outermost, Kind.ROOT, walk.graph.nameOf(outermost.context), 0));
      }
    }
    return walk.picture(roots);
  }

  private Picture picture(List<TreeNode> roots) {
    return new Picture(roots, graph.cycles(), leftOut);
  }

  /** The thread that is in {@code outermost}, which is all of it that is looked at. */
  private TreeNode thread(Scope outermost, Kind kind, String label, int depth) {
    room--;
    Context context = outermost.context;
    long now = context.runtime().now();
    Deque<Scope> inner = innerOf(outermost);
    boolean isInside = !inner.isEmpty() || context.scope() == outermost;
    Waiter waiter = isInside ? context.waiter() : null;
    Moments moments = context.moments();
    Thread thread = context.thread();
    Wait wait = null;
    Activity activity = Activity.RUNNING;
    if (waiter != null && waiter.isWaiting()) {
      activity = Activity.WAITING;
      wait = wait(graph.add(context, waiter), moments, now);
    } else if (thread == null || thread.getState() == Thread.State.NEW) {
      activity = Activity.STARTING;
    }
    if (outermost instanceof Fiber fiber) {
      graph.addChild(fiber);
    }
    String at = waiter == null && isInside && thread != null ? whereabouts(thread) : "";
    var limits = new ArrayList<Limit>();
    addLimit(outermost, now, limits);
    inner.forEach(scope -> addLimit(scope, now, limits));
    var chain = new ArrayList<Scope>(inner.size() + 1);
    chain.add(outermost);
    chain.addAll(inner);
    var below = new ArrayDeque<TreeNode>();
    Stop stop = walk(chain.iterator(), kind == Kind.ROOT, now, depth, below);
    return new TreeNode(
        kind,
        label,
        kind == Kind.ROOT ? "" : Words.path(outermost),
        activity,
        thread == null ? 0 : thread.threadId(),
        wait,
        at,
        limits,
        stop,
        moments == null || kind == Kind.GROUP ? TreeNode.UNKNOWN : moments.age(now),
        List.copyOf(below));
  }

  /**
   * Goes inward through the scopes of a thread, to the next group that has a name, which gets a
   * node of its own with all that is further in.
   *
   * @param fromOutside whether the first scope may be such a group
   * @return the first cancellation on the way
   */
  private @Nullable Stop walk(
      Iterator<Scope> chain, boolean fromOutside, long now, int depth, Deque<TreeNode> below) {
    Stop stop = null;
    boolean mayBeGroup = fromOutside;
    while (chain.hasNext()) {
      Scope scope = chain.next();
      if (mayBeGroup && scope instanceof Group && scope.label() != null && room > 0) {
        if (depth < DEEPEST) {
          below.add(group(scope, chain, now, depth + 1));
          return stop;
        }
        addDeeper(below);
      }
      mayBeGroup = true;
      CancelCause cause = scope.ownCause();
      if (cause != null && stop == null) {
        stop = stop(cause, now);
      }
      addChildren(scope, depth, below);
    }
    return stop;
  }

  private TreeNode group(Scope group, Iterator<Scope> chain, long now, int depth) {
    room--;
    var below = new ArrayDeque<TreeNode>();
    CancelCause cause = group.ownCause();
    addChildren(group, depth, below);
    Stop further = walk(chain, true, now, depth, below);
    Stop stop = cause == null ? further : stop(cause, now);
    return new TreeNode(
        Kind.GROUP,
        Words.brief(String.valueOf(group.label())),
        Words.path(group),
        Activity.RUNNING,
        0,
        null,
        "",
        List.of(),
        stop,
        TreeNode.UNKNOWN,
        List.copyOf(below));
  }

  /** Says that something is not shown, once in each place. */
  private void addDeeper(Deque<TreeNode> below) {
    if (room > 0 && below.peekLast() != DEEPER) {
      room--;
      below.add(DEEPER);
    }
  }

  private void addChildren(Scope scope, int depth, Deque<TreeNode> below) {
    var children = new ArrayDeque<Scope>();
    scope.addChildren(children);
    if (children.isEmpty()) {
      return;
    }
    if (depth >= DEEPEST) {
      addDeeper(below);
      leftOut += children.size();
      return;
    }
    // The list of a group has the youngest first.
    for (Scope next = children.pollLast(); next != null; next = children.pollLast()) {
      if (room <= 0) {
        leftOut += children.size() + 1;
        return;
      }
      String label = next.label();
      below.add(
          thread(next, Kind.TASK, label == null ? "(starting)" : Words.brief(label), depth + 1));
    }
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

  private static Wait wait(Awaited awaited, @Nullable Moments moments, long now) {
    long since = moments == null ? TreeNode.UNKNOWN : moments.waitsFor(now);
    return new Wait(
        awaited.kind(),
        awaited.isHolder() ? Words.line(awaited.name()) : Words.brief(awaited.name()),
        Words.line(awaited.state()),
        awaited.holders().stream()
            .limit(Awaited.MOST_NAMED)
            .map(holder -> Words.line(holder.name()))
            .toList(),
        awaited.inWords(),
        since);
  }

  private static Stop stop(CancelCause cause, long now) {
    return new Stop(Words.brief(cause.toString()), Words.line(cause.requester()), cause.age(now));
  }

  private static void addLimit(Scope scope, long now, Collection<Limit> limits) {
    String owner = scope.deadlineOwner();
    long deadline = scope.deadline();
    if (owner != null && deadline != TaskRuntime.NEVER && limits.size() < MOST_LIMITS) {
      limits.add(new Limit(Words.brief(owner), Math.max(0, deadline - now)));
    }
  }

  /** Where a thread is that does not wait here: in code of the program, if there is any. */
  private String whereabouts(Thread thread) {
    if (thread == Thread.currentThread() || stacks == 0) {
      return "";
    }
    stacks--;
    for (StackTraceElement frame : thread.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("java.")
          && !type.startsWith("javax.")
          && !type.startsWith("jdk.")
          && !type.startsWith("sun.")
          && !type.startsWith("com.sun.")
          && !type.startsWith("dev.tandem.internal.")) {
        return type + "." + frame.getMethodName() + place(frame);
      }
    }
    return "";
  }

  private static String place(StackTraceElement frame) {
    return frame.getFileName() == null
        ? ""
        : "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
  }
}
