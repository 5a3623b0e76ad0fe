package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The threads that are in scopes and are no tasks: where every tree of tasks begins. */
final class Roots {

  /*
   * A thread enters and leaves its outermost scope often, perhaps for a timeout of a microsecond.
   * So there is a place for each, by the thread's number; who finds it taken, which is rare, goes
   * into a set. A place is given back by the one who has it.
   */

  private static final ConcurrentHashMap<Context, Boolean> OTHERS = new ConcurrentHashMap<>();
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Context[].class);
  private static final int PLACES = 64;

  // As far from each other as lines of a cache.
  private static final int APART = 16;
  private static final @Nullable Context[] HELD = new Context[PLACES * APART];

  // Whether a thread with such a number, or with one that ends in the same bits, ever was a root.
  private static final boolean[] EVER = new boolean[256];
  private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(boolean[].class);

  /** Of so many running tasks the root is looked for. */
  private static final int MOST_TASKS = 20_000;

  private Roots() {}

  /** {@code thread} gets a context that is no task's; returns for {@link #remove}. */
  static void add(Context context, Thread thread) {
    // Written once, for all look at it who are in no task, again and again.
    if (!mayBe(thread)) {
      MARK.setOpaque(EVER, ending(thread), true);
    }
    if (!PLACE.compareAndSet(HELD, place(thread), (Context) null, context)) {
      OTHERS.put(context, true);
    }
  }

  /**
   * False when {@code current}, the current thread, was never added: then it has no such context.
   */
  static boolean mayBe(Thread current) {
    // Opaque: whoever has read or written true once never reads false again.
    return (boolean) MARK.getOpaque(EVER, ending(current));
  }

  static void remove(Context context, Thread thread) {
    int place = place(thread);
    if ((Context) PLACE.getOpaque(HELD, place) == context) {
      PLACE.setRelease(HELD, place, (Context) null);
    } else {
      OTHERS.remove(context);
    }
  }

  /** The outermost scopes of all roots, in the order of their threads. */
  static List<Scope> all() {
    Collection<Context> contexts = new ArrayList<>(OTHERS.keySet());
    for (int i = 0; i < HELD.length; i += APART) {
      Context held = (Context) PLACE.getAcquire(HELD, i);
      if (held != null) {
        contexts.add(held);
      }
    }
    // Some groups are made on threads without a context; their tasks know them.
    TaskContexts.addSome(contexts, MOST_TASKS);
    Set<Scope> roots = new LinkedHashSet<>();
    for (Context context : contexts) {
      Scope outermost = outermost(context);
      if (outermost != null) {
        roots.add(outermost);
      }
    }
    var sorted = new ArrayList<Scope>(roots);
    sorted.sort(Comparator.comparingLong(Roots::number));
    return sorted;
  }

  private static @Nullable Scope outermost(Context context) {
    Scope outermost = context.scope();
    while (outermost != null && outermost.parent != null) {
      outermost = outermost.parent;
    }
    return outermost;
  }

  private static long number(Scope scope) {
    Thread thread = scope.context.thread();
    return thread == null ? 0 : thread.threadId();
  }

  private static int ending(Thread thread) {
    return (int) thread.threadId() & (EVER.length - 1);
  }

  private static int place(Thread thread) {
    return ((int) thread.threadId() & (PLACES - 1)) * APART;
  }
}
