package dev.tandem.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits for whom, and those who wait in a circle and will for ever. */
final class WaitGraph {

  /*
   * Threads are looked at one after the other, so a circle in what was seen need not have been one
   * at any moment. Therefore all in it are looked at once more. A waiter is used for one wait only:
   * where it is the same one, and still waits, the thread has been in that wait all the time. So at
   * the moment between the two looks all of them waited, for what the others had.
   */

  private static final int MOST_CYCLES = 10;

  /** Of waits for very many, so many are remembered; after that only a few of each. */
  private static final int MOST_EDGES = 200_000;

  private record Seen(Waiter waiter, Awaited awaited) {}

  private final Map<Context, Seen> waiting = new LinkedHashMap<>();
  private int edges;
  private final Map<Group, List<Fiber>> children = new HashMap<>();

  /** Somebody waits; returns for what. */
  Awaited add(Context context, Waiter waiter) {
    Awaited awaited = WaitWords.of(waiter);
    boolean fits = edges + awaited.holders().size() <= MOST_EDGES;
    Awaited remembered = fits ? awaited : awaited.withFewHolders();
    edges += remembered.holders().size();
    waiting.put(context, new Seen(waiter, remembered));
    return awaited;
  }

  void addChild(Fiber fiber) {
    children.computeIfAbsent(fiber.group(), group -> new ArrayList<>()).add(fiber);
  }

  /** Each circle, in words, beginning with the one who was seen first. */
  List<String> cycles() {
    var found = new ArrayList<String>();
    Set<Context> done = new HashSet<>();
    for (Context start : waiting.keySet()) {
      List<Context> cycle = done.contains(start) ? null : cycleFrom(start, done);
      if (cycle != null && isReal(cycle)) {
        found.add(inWords(fromFirst(cycle)));
        if (found.size() == MOST_CYCLES) {
          break;
        }
      }
    }
    return found;
  }

  /** Depth first, but not by recursion: the chain may be longer than a stack. */
  private @Nullable List<Context> cycleFrom(Context start, Set<Context> done) {
    var chain = new ArrayList<Context>();
    var ahead = new ArrayList<List<Context>>();
    Map<Context, Integer> places = new HashMap<>();
    chain.add(start);
    ahead.add(new ArrayList<>(next(start)));
    places.put(start, 0);
    List<Context> cycle = null;
    while (!chain.isEmpty()) {
      List<Context> choices = ahead.getLast();
      if (choices.isEmpty()) {
        Context left = chain.removeLast();
        ahead.removeLast();
        places.remove(left);
        done.add(left);
        continue;
      }
      Context choice = choices.removeLast();
      Integer place = places.get(choice);
      if (place != null) {
        cycle = cycle == null ? new ArrayList<>(chain.subList(place, chain.size())) : cycle;
      } else if (!done.contains(choice) && waiting.containsKey(choice)) {
        places.put(choice, chain.size());
        chain.add(choice);
        ahead.add(new ArrayList<>(next(choice)));
      }
    }
    return cycle;
  }

  /** Those without whom the wait of {@code waits} cannot end. */
  private List<Context> next(Context waits) {
    Seen seen = waiting.get(waits);
    return seen == null ? List.of() : next(seen.awaited());
  }

  private List<Context> next(Awaited awaited) {
    var next = new ArrayList<Context>();
    for (Awaited.Holder holder : awaited.holders()) {
      Scope scope = holder.scope();
      if (scope instanceof Group group && awaited.isHolder()) {
        List<Fiber> all = children.getOrDefault(group, List.of());
        boolean works = all.stream().anyMatch(child -> !child.isDaemon());
        for (Fiber child : all) {
          // While others work, nobody waits for the daemons.
          if (!works || !child.isDaemon()) {
            next.add(child.context);
          }
        }
      } else if (scope != null) {
        next.add(scope.context);
      }
    }
    return next;
  }

  private boolean isReal(List<Context> cycle) {
    for (int i = 0; i < cycle.size(); i++) {
      Seen seen = waiting.get(cycle.get(i));
      Context next = cycle.get((i + 1) % cycle.size());
      if (seen == null
          || cycle.get(i).waiter() != seen.waiter()
          || !seen.waiter().isWaiting()
          || !next(WaitWords.of(seen.waiter())).contains(next)) {
        return false;
      }
    }
    return true;
  }

  /** The same circle, from the one who was seen first. */
  private List<Context> fromFirst(List<Context> cycle) {
    for (Context seen : waiting.keySet()) {
      int first = cycle.indexOf(seen);
      if (first >= 0) {
        Collections.rotate(cycle, -first);
        return cycle;
      }
    }
    return cycle;
  }

  private String inWords(List<Context> cycle) {
    var words = new StringBuilder(nameOf(cycle.getFirst()));
    for (int i = 0; i < cycle.size(); i++) {
      Context next = cycle.get((i + 1) % cycle.size());
      Seen seen = waiting.get(cycle.get(i));
      words.append(i == 0 ? " waits for " : ", which waits for ");
      words.append(seen == null ? nameOf(next) : link(seen.awaited(), next));
    }
    return words.toString();
  }

  private String link(Awaited awaited, Context next) {
    if (awaited.isHolder()) {
      return "task " + nameOf(next);
    }
    String name = awaited.name();
    String what = name.isEmpty() ? awaited.kind() : awaited.kind() + " '" + Words.brief(name) + "'";
    return what + " held by " + nameOf(next);
  }

  /** The path of a task; of a thread of others its name, or its number. */
  String nameOf(Context context) {
    for (Scope scope = context.scope(); scope != null; scope = scope.parent()) {
      if (scope.startsThread()) {
        return Words.path(scope);
      }
    }
    Thread thread = context.thread();
    if (thread == null) {
      return "(starting)";
    }
    String name = thread.getName();
    return name.isEmpty() ? "thread #" + thread.threadId() : Words.brief(name);
  }
}
