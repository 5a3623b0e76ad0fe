package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells why virtual time stands still. */
public final class Standstill {

  private static final System.Logger LOG = System.getLogger("dev.tandem.testing");
  private static final int MOST_FRAMES = 20;
  private static final int MOST_TASKS = 8;

  private Standstill() {}

  /** Tells the log. */
  static void report(VirtualRuntime runtime) {
    LOG.log(Level.WARNING, () -> "virtual time has stood still for a while: " + describe(runtime));
  }

  /** Who keeps time from going on, and where. */
  public static String describe(VirtualRuntime runtime) {
    List<Thread> threads = new ArrayList<>(runtime.passedOver());
    Thread holder = runtime.holder();
    if (holder != null && !threads.contains(holder)) {
      threads.addFirst(holder);
    }
    var text = new StringBuilder();
    for (Thread thread : threads.subList(0, Math.min(MOST_TASKS, threads.size()))) {
      describe(thread, text);
    }
    int others = Math.max(threads.size() - MOST_TASKS, 0);
    if (others > 0) {
      text.append("and ").append(others).append(" further tasks\n");
    }
    int elsewhere = runtime.active() - threads.size();
    if (elsewhere > 0) {
      text.append(elsewhere).append(" more run, or are in the hands of threads of others\n");
    }
    return text.isEmpty() ? "nobody runs\n" : text.toString();
  }

  private static void describe(Thread thread, StringBuilder text) {
    StackTraceElement[] stack = thread.getStackTrace();
    if (stack.length == 0) {
      return;
    }
    @Nullable Context context = TaskContexts.find(thread);
    @Nullable Scope scope = context == null ? null : context.scope();
    text.append(scope == null ? "thread '" + thread.getName() + "'" : "task " + scope.path())
        .append(" is in\n");
    for (int i = 0; i < Math.min(MOST_FRAMES, stack.length); i++) {
      text.append("    at ").append(stack[i]).append('\n');
    }
  }
}
