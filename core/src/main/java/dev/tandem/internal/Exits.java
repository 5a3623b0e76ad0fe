package dev.tandem.internal;

import java.util.ArrayDeque;

/**
 * Tells a program that only waits for {@code System.exit} to end, which itself waits for the
 * program: somebody called it from inside.
 */
final class Exits {

  private Exits() {}

  /** True when of all threads of the tree none has anything left to do but to exit. */
  static boolean isAllThatIsLeft(Group root) {
    boolean exiting = isExiting(root.context().stack());
    if (!exiting && !root.context().isJoining()) {
      return false;
    }
    var children = new ArrayDeque<Scope>();
    root.context().addChildren(children);
    for (Scope next = children.poll(); next != null; next = children.poll()) {
      StackTraceElement[] stack = next.context().stack();
      boolean exits = isExiting(stack);
      if (!exits && stack.length > 0 && !next.context().isJoining()) {
        return false;
      }
      exiting |= exits;
      next.context().addChildren(children);
    }
    return exiting;
  }

  private static boolean isExiting(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("java.lang.Shutdown")
          && frame.getMethodName().equals("exit")) {
        return true;
      }
    }
    return false;
  }
}
