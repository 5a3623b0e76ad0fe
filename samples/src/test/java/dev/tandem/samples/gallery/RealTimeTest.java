package dev.tandem.samples.gallery;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.IntStream.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The samples that measure: their figures stand in the proportions they are meant to show. */
final class RealTimeTest {

  private static final Pattern FIGURE = Pattern.compile("(\\d+\\.\\d+) m?s");

  @Test
  void whenNotTo_computing_isNotMoreTimesFasterThanThereAreProcessors() throws Exception {
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < 5; round++) {
      List<Double> millis = figures("when-not-to");
      assertEquals(9, millis.size());
      ratios.add(millis.get(0) / millis.get(1));
      ratios.add(millis.get(0) / millis.get(2));
    }
    // Each row is measured in a moment of its own, and the machine may be busy in one of them.
    ratios.sort(naturalOrder());
    int processors = Runtime.getRuntime().availableProcessors();
    assertTrue(ratios.get(4) < processors * 1.5, ratios.toString());
  }

  @Test
  void whenNotTo_deafWork_isWaitedForUnlessAbandoned() throws Exception {
    List<Double> millis = figures("when-not-to");
    double waitedFor = millis.get(7);
    double abandoned = millis.get(8);
    assertTrue(waitedFor >= 300, waitedFor + " ms");
    assertTrue(abandoned < waitedFor, abandoned + " ms");
  }

  @Test
  void concurrentFiles_costNotManyTimesWhatTheyCostOneByOne() throws Exception {
    List<Double> seconds = figures("concurrent-files");
    assertEquals(2, seconds.size());
    // From the cache of the system there is little to wait for; all this must not make it slow.
    assertTrue(seconds.get(0) <= 5 * seconds.get(1) + 0.5, seconds.toString());
  }

  @Test
  void fileIo_manyAtOnce_costNotManyTimesWhatTheyCostOneByOne() throws Exception {
    Sample sample = exhibit("file-io").sample();
    List<Integer> fifty = range(0, 50).boxed().toList();
    var ratios = new ArrayList<Double>();
    // By turns, so that what else the machine does is borne by both.
    for (int round = 0; round < 9; round++) {
      double atOnce = nanos(() -> Gather.over(fifty).forEach(_ -> sample.run()));
      double oneByOne = nanos(() -> Gather.over(fifty).limit(1).forEach(_ -> sample.run()));
      ratios.add(atOnce / oneByOne);
    }
    ratios.sort(naturalOrder());
    assertTrue(ratios.get(4) <= 5, ratios.toString());
  }

  private static double nanos(Sample work) throws Exception {
    var exhibit = new Exhibit("measured", "", "", RunsOn.REAL, work);
    return Rehearsal.of(exhibit).took().toNanos();
  }

  private static List<Double> figures(String id) throws Exception {
    return FIGURE
        .matcher(Rehearsal.of(exhibit(id)).output())
        .results()
        .map(RealTimeTest::number)
        .toList();
  }

  private static Exhibit exhibit(String id) {
    return Gallery.EXHIBITS.stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
  }

  private static double number(MatchResult figure) {
    return Double.parseDouble(figure.group(1));
  }
}
