package dev.tandem.internal;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How a thread that runs a task finds its context. */
final class TaskContexts {

  /*
   * A table of all threads: a scoped value would hold several times as much memory for each parked
   * task, in its binding, its cache, and the frames of the binding call.
   */
  private static final ThreadTable<Context> ALL = new ThreadTable<>(32, 256);

  private TaskContexts() {}

  /** The context of the task that {@code current}, the current thread, runs; null for none. */
  static @Nullable Context of(Thread current) {
    return ALL.own(current.threadId());
  }

  /** The context of the task that some thread runs; null for none. */
  static @Nullable Context find(Thread thread) {
    return ALL.find(thread.threadId());
  }

  /** The thread begins with a task; returns the context to go back to, null for none. */
  static @Nullable Context begin(Thread current, Context context) {
    return ALL.put(current.threadId(), context);
  }

  /** The thread is done with the task, and goes back to what {@link #begin} returned. */
  static void end(Thread current, @Nullable Context before) {
    if (before == null) {
      ALL.remove(current.threadId());
    } else {
      ALL.put(current.threadId(), before);
    }
  }

  /** Adds the contexts of tasks that run now, of very many only so many. */
  static void addSome(Collection<Context> contexts, int most) {
    ALL.forSome(most, contexts::add);
  }
}
