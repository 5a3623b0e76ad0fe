package dev.tandem.internal;

import java.util.Locale;

/** Values as the tree of tasks shows them. */
final class Words {

  private static final int LONGEST = 120;

  private Words() {}

  /** On one line, and not too long: a name is whatever the program chose. */
  static String brief(String name) {
    int length = Math.min(name.length(), LONGEST);
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
