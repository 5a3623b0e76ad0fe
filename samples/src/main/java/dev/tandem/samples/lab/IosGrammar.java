package dev.tandem.samples.lab;

import java.util.List;

/** Finds the command that a line means; words may be cut short where that leaves no doubt. */
final class IosGrammar {

  private final List<String> commands;

  /** Words in capitals stand for anything the user says. */
  IosGrammar(String... commands) {
    this.commands = List.of(commands);
  }

  /** The command a line means, or, beginning with a percent sign, why it means none. */
  String parse(String line) {
    String[] said = line.strip().split("\\s+");
    List<String> fitting = commands.stream().filter(command -> begins(command, said)).toList();
    List<String> whole =
        fitting.stream().filter(command -> command.split(" ", -1).length == said.length).toList();
    if (whole.size() == 1) {
      return whole.getFirst();
    }
    if (fitting.isEmpty()) {
      return "% Invalid input detected at '^' marker.";
    }
    boolean agree = fitting.stream().map(IosGrammar::firstWord).distinct().count() == 1;
    return whole.isEmpty() && agree
        ? "% Incomplete command."
        : "% Ambiguous command:  \"" + line.strip() + "\"";
  }

  private static String firstWord(String command) {
    return command.split(" ", -1)[0];
  }

  private static boolean begins(String command, String[] said) {
    String[] words = command.split(" ", -1);
    if (said.length > words.length) {
      return false;
    }
    for (int i = 0; i < said.length; i++) {
      boolean anything = Character.isUpperCase(words[i].charAt(0));
      if (!anything && !words[i].startsWith(said[i])) {
        return false;
      }
    }
    return true;
  }
}
