package dev.tandem.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as those who look on are shown them. */
public final class Words {

  private static final int LONGEST = 120;
  private static final int LONGEST_LINE = 1000;

  private Words() {}

  /** On one line, and not too long: a name is whatever the program chose. */
  static String brief(String name) {
    return cut(name, LONGEST);
  }

  /** Like {@link #brief}, of what has several names in it, such as a path. */
  static String line(String names) {
    return cut(names, LONGEST_LINE);
  }

  /** The path of {@code scope}, on one line. */
  static String path(Scope scope) {
    return line(scope.path());
  }

  /**
   * Where a thread is, or was: the path of its task, as in {@link Scope#path(long)}; outside of
   * tasks its name, or its number.
   */
  public static String where(Thread thread, @Nullable Scope scope, long piece) {
    String path = scope == null ? "" : scope.path(piece);
    if (!path.isEmpty()) {
      return path;
    }
    String name = thread.getName();
    return name.isEmpty() ? "thread #" + thread.threadId() : name;
  }

  /** Where {@code thread}, any thread, is now. */
  public static String where(Thread thread) {
    Context ofTask = TaskContexts.find(thread);
    return where(thread, ofTask == null ? null : ofTask.scope(), -1);
  }

  /**
   * True for what a terminal or a picture would obey instead of showing it: control characters,
   * what ends a line, and what turns the direction in which the rest of the line is read.
   */
  public static boolean isObeyed(int point) {
    return Character.isISOControl(point)
        || point == 0x061C
        || (point >= 0x200E && point <= 0x200F)
        || (point >= 0x2028 && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }

  private static boolean isHarmless(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isObeyed(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String cut(String name, int longest) {
    if (name.length() <= longest && isHarmless(name)) {
      return name;
    }
    int length = Math.min(name.length(), longest);
    if (length < name.length() && Character.isHighSurrogate(name.charAt(length - 1))) {
      length--;
    }
    var brief = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char letter = name.charAt(i);
      brief.append(isObeyed(letter) ? ' ' : letter);
    }
    return length < name.length() ? brief.append("...").toString() : brief.toString();
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
