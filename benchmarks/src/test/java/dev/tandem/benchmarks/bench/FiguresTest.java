package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** From rounds to one ratio. */
final class FiguresTest {

  private static final Work WORK = Work.time("a work");

  private final Figures figures = new Figures();

  @Test
  void ratio_whenAWholeRoundWasSlow_isTheSame() {
    for (double slowness : List.of(1.0, 10.0, 1.0)) {
      figures.add(WORK, "one", 2 * slowness);
      figures.add(WORK, "other", 4 * slowness);
    }
    assertEquals(0.5, figures.ratio(WORK, "one", "other"));
  }

  @Test
  void missing_afterAFigure_keepsTheFigure() {
    figures.add(WORK, "one", 1);
    figures.miss(WORK, "one", "failed later");
    assertNull(figures.missing(WORK, "one"));
    assertEquals("not measured", figures.missing(WORK, "other"));
  }

  @Test
  void median_ofAnEvenNumber_isBetweenTheMiddleTwo() {
    assertEquals(2.5, Median.of(List.of(9.0, 1.0, 3.0, 2.0)));
  }

  @Test
  void amounts_ofEachSize_areReadable() {
    assertEquals("9,999 ns", WORK.format(9_999));
    assertEquals("10 us", WORK.format(10_000));
    assertEquals("10 ms", WORK.format(10_000_000));
    assertEquals("1,234 B", Work.bytes("bytes").format(1_234));
  }
}
