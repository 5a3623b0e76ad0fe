package dev.tandem.samples.gallery;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parts of a sample's source.
 *
 * @param purpose what the comment of the class says
 * @param language what the original is written in, and what with
 * @param original the code it is compared with
 * @param ours the same with Tandem
 */
record SourcePage(String purpose, String language, String original, String ours) {

  private static final Pattern CLASS_COMMENT =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s*public final class", Pattern.DOTALL);
  private static final Pattern EXCERPTS =
      Pattern.compile(
          "\\n *// ((?:asyncio|Python)[^\\n]*):\\n((?: *//[^\\n]*\\n)+?) *//\\n *// Tandem:\\n"
              + "(.*?)\\n\\n",
          Pattern.DOTALL);

  static SourcePage of(String source) {
    Matcher excerpts = found(EXCERPTS, source);
    return new SourcePage(
        purpose(found(CLASS_COMMENT, source).group(1)),
        excerpts.group(1),
        excerpts
            .group(2)
            .lines()
            .map(line -> line.replaceFirst("^ *// {0,3}", ""))
            .collect(Collectors.joining("\n"))
            .stripIndent(),
        withoutEnd(excerpts.group(3)));
  }

  private static Matcher found(Pattern pattern, String source) {
    Matcher matcher = pattern.matcher(source);
    if (!matcher.find()) {
      throw new AssertionError("the source has no part like " + pattern);
    }
    return matcher;
  }

  /** Without the brace of a method that ends with the excerpt. */
  private static String withoutEnd(String code) {
    List<String> lines = code.lines().toList();
    boolean endsMethod = lines.getLast().equals("  }");
    return String.join("\n", endsMethod ? lines.subList(0, lines.size() - 1) : lines).stripIndent();
  }

  private static String purpose(String comment) {
    return comment
        .lines()
        .map(line -> line.replaceFirst("^ *\\* ?", "").strip())
        .collect(Collectors.joining("\n"))
        .replace("<p>", "")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .strip();
  }
}
