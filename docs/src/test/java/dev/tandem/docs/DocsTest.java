package dev.tandem.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the pages true where a test can: links lead somewhere, and code is not pasted. */
final class DocsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final int LONGEST_PASTED_CODE = 3;

  static List<Path> pages() throws IOException {
    var pages = new ArrayList<Path>();
    pages.add(ROOT.resolve("README.md"));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files
          .filter(path -> path.toString().endsWith(".md"))
          .filter(path -> !path.toString().contains("target"))
          .forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_toFiles_leadSomewhere(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      String target = link.group(1);
      if (!target.contains("://")) {
        Path file = page.resolveSibling(target).normalize();
        assertTrue(Files.exists(file), page + " links to " + target + ", which does not exist");
      }
    }
  }

  /** The pages of the samples are made from compiled code, which a test of theirs sees to. */
  static List<Path> writtenPages() throws IOException {
    Path made = ROOT.resolve("docs/samples");
    return pages().stream().filter(page -> !page.startsWith(made)).toList();
  }

  @ParameterizedTest
  @MethodSource("writtenPages")
  void code_ofMoreThanAFewLines_isThatOfACompiledFile(Path page) throws IOException {
    List<String> compiled = compiled();
    List<String> tooLong =
        JAVA.matcher(Files.readString(page))
            .results()
            .map(result -> result.group(1))
            .filter(code -> code.lines().count() > LONGEST_PASTED_CODE)
            .filter(code -> compiled.stream().noneMatch(file -> file.contains(unindented(code))))
            .toList();
    assertEquals(List.of(), tooLong);
  }

  private static List<String> compiled() throws IOException {
    var files = new ArrayList<String>();
    try (Stream<Path> examples =
        Files.list(ROOT.resolve("docs/src/test/java/dev/tandem/docs/examples"))) {
      for (Path example : examples.toList()) {
        files.add(unindented(Files.readString(example)));
      }
    }
    return files;
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
