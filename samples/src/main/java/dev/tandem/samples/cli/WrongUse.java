package dev.tandem.samples.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of wrong use: one line that ends with where to read more. */
final class WrongUse {

  /** As many letters of an option must be right for a guess at what was meant. */
  private static final int ENOUGH = "--xy".length();

  private WrongUse() {}

  static String of(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String sentence = sentence(wrong, command).lines().reduce((a, b) -> a + " " + b).orElse("");
    String end = sentence.endsWith(".") || sentence.endsWith("?") ? "" : ".";
    String name = command.getCommandSpec().qualifiedName();
    return sentence + end + " See ./" + name + " --help.";
  }

  private static String sentence(ParameterException wrong, CommandLine command) {
    String message = String.valueOf(wrong.getMessage()).strip();
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return message;
    }
    String first = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      return unmatched.getSuggestions().stream()
          .filter(option -> option.regionMatches(0, first, 0, ENOUGH))
          .findFirst()
          .map(option -> message + "; did you mean " + option + "?")
          .orElse(message);
    }
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    return commands.isEmpty()
        ? message
        : "there is no command '" + first + "'; there are " + String.join(", ", commands);
  }
}
