package dev.tandem.samples.lab;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The command language: words may be shortened as long as they stay unambiguous. */
final class IosGrammar {

  /** What a line means. */
  enum Verb {
    SHOW_RUNNING_CONFIG,
    SHOW_VERSION,
    SHOW_INTERFACES,
    TERMINAL_LENGTH,
    TERMINAL_WIDTH,
    ENABLE,
    DISABLE,
    CONFIGURE,
    INTERFACE,
    SETTING,
    END,
    EXIT
  }

  /** A line that was understood, with its last word; or the error to print. */
  record Meaning(@Nullable Verb verb, String argument, String error) {}

  private record Rule(Verb verb, List<String> words, Set<IosMode> modes) {}

  private static final Set<IosMode> EXEC = EnumSet.of(IosMode.USER, IosMode.PRIVILEGED);
  private static final Set<IosMode> PRIVILEGED = EnumSet.of(IosMode.PRIVILEGED);
  private static final Set<IosMode> CONFIGURING = EnumSet.of(IosMode.CONFIG, IosMode.INTERFACE);
  private static final Set<IosMode> ALL = EnumSet.allOf(IosMode.class);

  /** Stands for any word. */
  private static final String ANY = "*";

  /** Stands for one or more words. */
  private static final String REST = "**";

  private static final List<Rule> RULES =
      List.of(
          new Rule(Verb.SHOW_RUNNING_CONFIG, List.of("show", "running-config"), PRIVILEGED),
          new Rule(Verb.SHOW_VERSION, List.of("show", "version"), EXEC),
          new Rule(Verb.SHOW_INTERFACES, List.of("show", "ip", "interface", "brief"), EXEC),
          new Rule(Verb.TERMINAL_LENGTH, List.of("terminal", "length", ANY), EXEC),
          new Rule(Verb.TERMINAL_WIDTH, List.of("terminal", "width", ANY), EXEC),
          new Rule(Verb.ENABLE, List.of("enable"), EXEC),
          new Rule(Verb.DISABLE, List.of("disable"), PRIVILEGED),
          new Rule(Verb.CONFIGURE, List.of("configure", "terminal"), PRIVILEGED),
          new Rule(Verb.INTERFACE, List.of("interface", ANY), CONFIGURING),
          new Rule(Verb.SETTING, List.of("description", REST), EnumSet.of(IosMode.INTERFACE)),
          new Rule(Verb.SETTING, List.of("shutdown"), EnumSet.of(IosMode.INTERFACE)),
          new Rule(Verb.SETTING, List.of("no", REST), CONFIGURING),
          new Rule(Verb.SETTING, List.of("ip", REST), CONFIGURING),
          new Rule(Verb.END, List.of("end"), CONFIGURING),
          new Rule(Verb.EXIT, List.of("exit"), ALL),
          new Rule(Verb.EXIT, List.of("logout"), EXEC));

  private IosGrammar() {}

  /**
   * Understands a line that is not blank.
   *
   * @param column where the line begins on the screen, after the prompt
   */
  static Meaning parse(IosMode mode, String line, int column) {
    String[] words = line.strip().split(" +", -1);
    List<Rule> left = RULES.stream().filter(rule -> rule.modes.contains(mode)).toList();
    for (int i = 0; i < words.length; i++) {
      int at = i;
      String word = words[i].toLowerCase(Locale.ROOT);
      List<Rule> fitting = left.stream().filter(rule -> fits(rule, at, word)).toList();
      if (fitting.isEmpty()) {
        return error(words.length == 1 ? unknown(words[0]) : marker(line, words, i, column));
      }
      Set<String> meant = new TreeSet<>();
      fitting.forEach(rule -> meant.add(wordAt(rule, at)));
      if (meant.size() > 1 && !meant.contains(word)) {
        return error("% Ambiguous command:  \"" + line.strip() + "\"\n");
      }
      left = meant.contains(word) ? exactly(fitting, at, word) : fitting;
    }
    for (Rule rule : left) {
      boolean whole = rule.words.size() == words.length;
      boolean open = rule.words.getLast().equals(REST) && words.length >= rule.words.size();
      if (whole || open) {
        return new Meaning(rule.verb, words[words.length - 1], "");
      }
    }
    return error("% Incomplete command.\n\n");
  }

  private static List<Rule> exactly(List<Rule> rules, int at, String word) {
    return rules.stream().filter(rule -> wordAt(rule, at).equals(word)).toList();
  }

  private static boolean fits(Rule rule, int at, String word) {
    String expected = wordAt(rule, at);
    return expected.equals(ANY) || expected.equals(REST) || expected.startsWith(word);
  }

  private static String wordAt(Rule rule, int at) {
    if (at < rule.words.size()) {
      return rule.words.get(at);
    }
    return rule.words.getLast().equals(REST) ? REST : "\n";
  }

  private static Meaning error(String text) {
    return new Meaning(null, "", text);
  }

  private static String unknown(String word) {
    return "Translating \""
        + word
        + "\"\n% Unknown command or computer name, or unable to find computer address\n";
  }

  private static String marker(String line, String[] words, int wrong, int column) {
    int at = 0;
    for (int i = 0; i <= wrong; i++) {
      at = line.indexOf(words[i], at) + (i < wrong ? words[i].length() : 0);
    }
    return " ".repeat(column + at) + "^\n% Invalid input detected at '^' marker.\n\n";
  }
}
