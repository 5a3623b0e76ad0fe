package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are a few words of shell. */
final class ProcessProbeTest {

  private static final Work WORK = Work.bytes("some bytes");

  @Test
  void measure_printedFigures_areThoseAskedFor() throws Exception {
    Probe probe = probe("sh", "cat");
    assertEquals(Map.of(WORK, 7.5), probe.measure());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tandem-no-such-program|''|skipped: no tandem-no-such-program",
        "sh|echo first >&2; echo too old >&2; exit 77|skipped: too old",
        "sh|echo broken >&2; exit 1|failed: broken",
        "sh|exit 3|failed: exit status 3",
        "sh|echo '{}'|failed: printed no figure called bytes",
      })
  void measure_withoutAFigure_saysWhy(String program, String script, String why) {
    var none = assertThrows(NoFigureException.class, () -> probe(program, script).measure());
    assertEquals(why, none.why());
  }

  private static Probe probe(String program, String script) {
    return new ProcessProbe(
        "shell",
        Map.of("bytes", WORK),
        List.of(program, "-c", script),
        "{\"bytes\": 7.5, \"more\": 1}",
        Duration.ofSeconds(1));
  }
}
