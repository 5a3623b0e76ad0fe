package dev.tandem.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the conformance lists true: each verdict is of a known kind, and each test exists. */
final class ConformanceTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path LISTS = ROOT.resolve("docs/conformance");
  private static final Path TESTS = ROOT.resolve("core/src/test/java");

  private static final Pattern VERDICT =
      Pattern.compile("same(?:[,;] .+)?|different: .+|not applicable: .+");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test\\.\\w+)`");
  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest)\\b(?:\\([^)]*\\))?\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*"
              + "void\\s+(\\w+)\\(");
  private static final String NO_TEST = "–";

  record Case(Path list, String what, String verdict, String test) {

    @Override
    public String toString() {
      return list.getFileName() + ": " + what;
    }
  }

  static List<Case> cases() throws IOException {
    try (Stream<Path> lists = Files.list(LISTS)) {
      return lists
          .filter(list -> list.toString().endsWith(".md") && !list.endsWith("README.md"))
          .sorted()
          .flatMap(ConformanceTest::casesOf)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void case_hasAVerdictAndATestThatShowsIt(Case listed) {
    assertTrue(VERDICT.matcher(listed.verdict).matches(), listed.verdict);
    if (listed.test.equals(NO_TEST)) {
      assertTrue(listed.verdict.startsWith("not applicable: "), "nothing shows it");
    } else {
      assertTrue(NAMED.matcher(listed.test).matches(), listed.test);
    }
  }

  @Test
  void lists_nameOnlyTestsThatExist() throws IOException {
    Set<String> missing = named();
    assertFalse(missing.isEmpty());
    missing.removeAll(testsIn(TESTS));
    assertEquals(Set.of(), missing);
  }

  @Test
  void lists_nameEveryTestThatWasWrittenForThem() throws IOException {
    Set<String> unlisted = testsIn(TESTS.resolve("dev/tandem/conformance"));
    unlisted.removeAll(named());
    assertEquals(Set.of(), unlisted);
  }

  private static Stream<Case> casesOf(Path list) {
    return read(list)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| case |"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .map(cells -> new Case(list, cells.get(1), cells.get(3), cells.get(4)));
  }

  /** All tests that the pages name, with the name of their class. */
  private static Set<String> named() throws IOException {
    var named = new TreeSet<String>();
    try (Stream<Path> lists = Files.list(LISTS)) {
      lists
          .filter(list -> list.toString().endsWith(".md"))
          .flatMap(list -> NAMED.matcher(read(list)).results().toList().stream())
          .forEach(result -> named.add(result.group(1)));
    }
    return named;
  }

  private static Set<String> testsIn(Path directory) throws IOException {
    var tests = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        TEST_METHOD
            .matcher(read(file))
            .results()
            .forEach(result -> tests.add(type + "." + result.group(1)));
      }
    }
    return tests;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
