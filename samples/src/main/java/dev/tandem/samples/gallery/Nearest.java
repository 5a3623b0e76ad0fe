package dev.tandem.samples.gallery;

import static java.util.Comparator.comparingInt;

import java.util.List;

/** Finds what somebody may have meant. */
final class Nearest {

  private static final int SUGGESTIONS = 3;

  private Nearest() {}

  /** The few of {@code known} that are most like {@code word}, the most alike first. */
  static List<String> to(String word, List<String> known) {
    return known.stream()
        .sorted(comparingInt(candidate -> distance(word, candidate)))
        .limit(SUGGESTIONS)
        .toList();
  }

  /** How many letters must change; nearly nothing for one that contains the other. */
  private static int distance(String one, String other) {
    if (!one.isEmpty() && (other.contains(one) || one.contains(other))) {
      return 1;
    }
    int[] row = new int[other.length() + 1];
    for (int column = 0; column <= other.length(); column++) {
      row[column] = column;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
