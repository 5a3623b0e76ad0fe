package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How a thread that runs a task finds its context. */
final class TaskContexts {

  /*
   * A map: a scoped value would hold several times as much memory for each parked task, in its
   * binding, its cache, and the frames of the binding call.
   *
   * Most look-ups are by a thread that has just looked, so before the map comes an array, with a
   * place for each thread by its number. Several share a place and take it from one another at any
   * time: what is found there counts only if it is the thread's own. The thread alone puts its
   * contexts there and takes them out, so it never finds one that it has left; and one that it has
   * left is not kept.
   */

  private static final ConcurrentHashMap<Thread, Context> ALL = new ConcurrentHashMap<>();

  private static final @Nullable Context[] RECENT = new Context[256];
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Context[].class);

  private TaskContexts() {}

  /** The context of the task that {@code current}, the current thread, runs; null for none. */
  static @Nullable Context of(Thread current) {
    int place = place(current);
    Context recent = (Context) PLACE.getOpaque(RECENT, place);
    if (recent != null && recent.ownThread() == current) {
      return recent;
    }
    Context found = ALL.get(current);
    if (found != null) {
      PLACE.setOpaque(RECENT, place, found);
    }
    return found;
  }

  /** The context of the task that some thread runs; null for none. */
  static @Nullable Context find(Thread thread) {
    return ALL.get(thread);
  }

  /** The thread begins with a task; returns the context to go back to, null for none. */
  static @Nullable Context begin(Thread current, Context context) {
    Context before = ALL.put(current, context);
    PLACE.setOpaque(RECENT, place(current), context);
    return before;
  }

  /** The thread is done with the task, and goes back to what {@link #begin} returned. */
  static void end(Thread current, @Nullable Context before) {
    int place = place(current);
    Context recent = (Context) PLACE.getOpaque(RECENT, place);
    if (recent != null && recent.ownThread() == current) {
      PLACE.setOpaque(RECENT, place, before);
    }
    if (before == null) {
      ALL.remove(current);
    } else {
      ALL.put(current, before);
    }
  }

  /** Adds the contexts of tasks that run now, of very many only so many. */
  static void addSome(Collection<Context> contexts, int most) {
    ALL.values().stream().limit(most).forEach(contexts::add);
  }

  private static int place(Thread current) {
    return (int) current.threadId() & (RECENT.length - 1);
  }
}
