package dev.tandem.samples.gallery;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text that is known in advance, except for the figures of this machine. */
public final class Expectation {

  private static final String NUMBER = "<number>";

  private final List<String> lines;

  private Expectation(List<String> lines) {
    this.lines = lines;
  }

  /** The text, in which {@code <number>} stands for any number. */
  public static Expectation of(String text) {
    return new Expectation(text.lines().toList());
  }

  /** Where {@code actual} differs first, in words; empty when it does not. */
  public Optional<String> difference(String actual) {
    List<String> found = actual.lines().toList();
    for (int i = 0; i < Math.max(lines.size(), found.size()); i++) {
      String wanted = i < lines.size() ? lines.get(i) : "nothing more";
      String got = i < found.size() ? found.get(i) : "nothing more";
      if (i >= lines.size() || i >= found.size() || !matches(wanted, got)) {
        return Optional.of("line " + (i + 1) + ": expected " + wanted + ", but was " + got);
      }
    }
    return Optional.empty();
  }

  private static boolean matches(String wanted, String got) {
    if (!wanted.contains(NUMBER)) {
      return wanted.equals(got);
    }
    String pattern =
        Pattern.compile(NUMBER, Pattern.LITERAL)
            .splitAsStream(wanted + " ")
            .map(part -> "\\s*" + Pattern.quote(part.strip()) + "\\s*")
            .collect(Collectors.joining("\\d+(?:\\.\\d+)?"));
    return Pattern.matches(pattern, got);
  }
}
