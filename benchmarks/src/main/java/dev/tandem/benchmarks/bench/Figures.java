package dev.tandem.benchmarks.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each contender needed for each work, round by round. */
final class Figures {

  private record Key(Work work, String contender) {}

  private final Map<Key, List<Double>> amounts = new LinkedHashMap<>();
  private final Map<Key, String> missing = new HashMap<>();

  void add(Work work, String contender, double amount) {
    amounts.computeIfAbsent(new Key(work, contender), _ -> new ArrayList<>()).add(amount);
  }

  /** Says why there is no figure; one that had succeeded before keeps what it had. */
  void miss(Work work, String contender, String why) {
    missing.put(new Key(work, contender), why);
  }

  /** Why there is no figure; null when there is one. */
  @Nullable String missing(Work work, String contender) {
    var key = new Key(work, contender);
    return amounts.containsKey(key) ? null : missing.getOrDefault(key, "not measured");
  }

  /** The median of the rounds. */
  double amount(Work work, String contender) {
    return Median.of(all(work, contender));
  }

  /**
   * The median of the ratios of each round: what slows the machine down for a while slows both
   * sides of a round down.
   */
  double ratio(Work work, String one, String other) {
    List<Double> ours = all(work, one);
    List<Double> theirs = all(work, other);
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
      ratios.add(ours.get(round) / theirs.get(round));
    }
    return Median.of(ratios);
  }

  /** Who has a figure for this work, in the order of measurement. */
  Set<String> contenders(Work work) {
    var found = new LinkedHashSet<String>();
    for (Key key : amounts.keySet()) {
      if (key.work().equals(work)) {
        found.add(key.contender());
      }
    }
    return found;
  }

  private List<Double> all(Work work, String contender) {
    List<Double> found = amounts.get(new Key(work, contender));
    if (found == null) {
      throw new IllegalArgumentException("there is no figure of " + contender + " for " + work);
    }
    return found;
  }
}
