package dev.tandem.samples.gallery;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample prints what it should and takes, on virtual time, exactly as long as it should. */
final class GalleryTest {

  private static final Map<String, Duration> TAKES =
      Map.ofEntries(
          Map.entry("hello-async", ofMillis(1_000)),
          Map.entry("sync-vs-concurrent", ofMillis(119_000)),
          Map.entry("await-in-a-loop", ofMillis(6_000)),
          Map.entry("gather", ofMillis(6_000)),
          Map.entry("gather-failures", ofMillis(1_500)),
          Map.entry("enumerate", ofMillis(3_000)),
          Map.entry("tasks", ofMillis(2_000)),
          Map.entry("background-task", ofMillis(19_000)),
          Map.entry("wait-first", ofMillis(6_000)),
          Map.entry("as-completed", ofMillis(4_000)),
          Map.entry("timeouts", ofMillis(14_000)),
          Map.entry("task-group", ofMillis(2_500)),
          Map.entry("cancellation-cleanup", ofMillis(2_800)),
          Map.entry("nested-run", ofMillis(4_000)),
          Map.entry("fire-and-forget", ofMillis(4_000)),
          Map.entry("task-errors", ofMillis(3_000)),
          Map.entry("semaphore", ofMillis(14_000)),
          Map.entry("lock", ofMillis(3_000)),
          Map.entry("rate-limiter", ofMillis(15_500)),
          Map.entry("producer-consumer", ofMillis(7_000)),
          Map.entry("pub-sub-weather", ofMillis(12_000)),
          Map.entry("async-iterator", ofMillis(1_000)),
          Map.entry("async-generator-pages", ofMillis(1_000)),
          Map.entry("generators", ofMillis(0)),
          Map.entry("async-context", ofMillis(600)),
          Map.entry("async-database", ofMillis(800)),
          Map.entry("async-from-sync", ofMillis(1_000)),
          Map.entry("sync-from-async", ofMillis(10_000)));

  static List<Exhibit> exhibits() {
    return Gallery.EXHIBITS;
  }

  static Stream<Exhibit> onVirtualTime() {
    return exhibits().stream().filter(exhibit -> exhibit.runsOn() == RunsOn.VIRTUAL);
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void run_printsWhatIsExpected(Exhibit exhibit) throws Exception {
    assertEquals(Optional.empty(), Rehearsal.of(exhibit).difference(exhibit));
  }

  @ParameterizedTest
  @MethodSource("onVirtualTime")
  void run_onVirtualTime_takesExactlySoLong(Exhibit exhibit) throws Exception {
    assertEquals(TAKES.get(exhibit.id()), Rehearsal.of(exhibit).took());
  }

  @ParameterizedTest
  @MethodSource("onVirtualTime")
  void run_inOtherOrders_takesAsLong(Exhibit exhibit) throws Exception {
    for (long seed = 0; seed < 5; seed++) {
      assertEquals(
          TAKES.get(exhibit.id()), Rehearsal.of(exhibit, new Stage(false, seed, null)).took());
    }
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void source_isTheOneThatWasCompiled(Exhibit exhibit) throws Exception {
    Path file = Path.of("src/main/java", exhibit.sourcePath());
    assertEquals(Files.readString(file), exhibit.source());
    assertFalse(exhibit.source().contains("dev.tandem.internal"), "it uses what is not public");
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void excerpts_areOfEightLinesAtMost(Exhibit exhibit) throws Exception {
    SourcePage page = SourcePage.of(exhibit.source());
    assertTrue(page.original().lines().count() <= 8, page.original());
    assertTrue(page.ours().lines().count() <= 8, page.ours());
    assertFalse(page.original().isBlank());
    assertFalse(page.ours().isBlank());
    assertFalse(page.purpose().isBlank());
  }

  @Test
  void ids_areUnique() {
    var ids = new HashSet<String>();
    for (Exhibit exhibit : Gallery.EXHIBITS) {
      assertTrue(ids.add(exhibit.id()), exhibit.id());
    }
  }
}
