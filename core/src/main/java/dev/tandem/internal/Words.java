package dev.tandem.internal;

import java.util.Locale;

/** Values as the tree of tasks shows them. */
final class Words {

  private static final int LONGEST = 120;
  private static final int LONGEST_PATH = 1000;

  private Words() {}

  /** On one line, and not too long: a name is whatever the program chose. */
  static String brief(String name) {
    return brief(name, LONGEST);
  }

  /** Like {@link #brief(String)}, of a path, which has several names in it. */
  static String path(Scope scope) {
    return brief(scope.path(), LONGEST_PATH);
  }

  private static String brief(String name, int longest) {
    int length = Math.min(name.length(), longest);
    var brief = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char letter = name.charAt(i);
      brief.append(Character.isISOControl(letter) ? ' ' : letter);
    }
    return length < name.length() ? brief.append("...").toString() : brief.toString();
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
