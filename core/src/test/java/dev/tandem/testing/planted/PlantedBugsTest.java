package dev.tandem.testing.planted;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.testing.SeedFailedError;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exploration finds every planted bug within as many seeds as the guide promises, and nothing in
 * the programs without them.
 */
final class PlantedBugsTest {

  private static final Path GUIDE = Path.of("../docs/virtual-time.md");
  private static final int PROOF = 1000;

  static List<Planted<?>> bugs() {
    return Planted.all();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void explore_wrong_isFoundWithinTheSeedsOfTheGuide(Planted<?> bug) throws Exception {
    int promised = promised(bug);
    var found =
        assertThrows(
            SeedFailedError.class, () -> VirtualTime.explore(PROOF, group -> bug.wrong(group)));
    assertTrue(
        found.seed() < promised,
        () -> bug + " took " + (found.seed() + 1) + " seeds, the guide says " + promised);
    assertThrows(
        found.getCause().getClass(),
        () -> VirtualTime.seed(found.seed()).run((TaskGroup group) -> bug.wrong(group)));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void run_wrongInOrder_isNotSeen(Planted<?> bug) throws Exception {
    VirtualTime.run((TaskGroup group) -> bug.wrong(group));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void explore_right_passesAllSeeds(Planted<?> bug) throws Exception {
    VirtualTime.explore(PROOF, group -> bug.right(group));
  }

  /** The number in the row of the bug. */
  private static int promised(Planted<?> bug) throws IOException {
    Matcher row =
        Pattern.compile("\\| " + bug + " \\|[^|]*\\| (\\d+) \\|").matcher(Files.readString(GUIDE));
    assertTrue(row.find(), () -> "no row in the guide for: " + bug);
    return Integer.parseInt(row.group(1));
  }
}
