package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages in {@code docs/samples} are made from the compiled source and what it prints. With
 * {@code -Dtandem.pages.write=true} they are written, otherwise compared.
 */
final class SamplePagesTest {

  private static final Path PAGES = Path.of("..", "docs", "samples");
  private static final boolean WRITE = Boolean.getBoolean("tandem.pages.write");

  static List<Exhibit> exhibits() {
    return Gallery.EXHIBITS;
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void page_isMadeFromTheSourceAndTheOutput(Exhibit exhibit) throws Exception {
    Path file = PAGES.resolve(exhibit.id() + ".md");
    String chart = SamplePages.chart(exhibit);
    if (WRITE) {
      Files.createDirectories(PAGES);
      Files.writeString(file, SamplePages.page(exhibit, Rehearsal.of(exhibit).output(), chart));
    }
    Optional<String> difference =
        Expectation.of(SamplePages.page(exhibit, exhibit.expected(), chart))
            .difference(Files.readString(file));
    assertEquals(
        Optional.empty(),
        difference,
        file + " is out of date; -Dtest=SamplePagesTest -Dtandem.pages.write=true writes it");
  }

  @Test
  void index_listsEverySample() throws IOException {
    Path file = PAGES.resolve("README.md");
    if (WRITE) {
      Files.createDirectories(PAGES);
      Files.writeString(file, SamplePages.index());
    }
    assertEquals(SamplePages.index(), Files.readString(file));
  }

  @Test
  void pages_ofSamplesThatAreGone_areGone() throws IOException {
    var wanted =
        Stream.concat(Stream.of("README.md"), exhibits().stream().map(e -> e.id() + ".md"))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(PAGES)) {
      assertEquals(
          wanted,
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".md"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
