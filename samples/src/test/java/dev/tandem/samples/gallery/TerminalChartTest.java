package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.samples.fleet.Cli;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart fits the terminal that the launcher found, and is coloured only there. */
final class TerminalChartTest {

  private static final Pattern COLOURS = Pattern.compile("\u001b\\[\\d+m");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {80, 40})
  void gantt_onATerminal_isColouredAndFits(int columns) throws Exception {
    String out = run(Map.of("TANDEM_OUT_COLUMNS", Integer.toString(columns), "TERM", "xterm"));
    assertTrue(COLOURS.matcher(out).find(), out);
    assertEquals(columns, widest(COLOURS.matcher(out).replaceAll("")), out);
  }

  @Test
  void gantt_whereNoColourIsWanted_hasNone() throws Exception {
    String out = run(Map.of("TANDEM_OUT_COLUMNS", "80", "TERM", "xterm", "NO_COLOR", "1"));
    assertEquals(-1, out.indexOf('\u001b'), out);
  }

  @Test
  void gantt_intoAFile_hasEightyColumnsAndNoColour() throws Exception {
    String out = run(Map.of());
    assertEquals(-1, out.indexOf('\u001b'), out);
    assertEquals(80, widest(out), out);
  }

  private String run(Map<String, String> environment) throws Exception {
    var variables = new HashMap<>(Map.of("NO_COLOR", ""));
    variables.putAll(environment);
    try (var cli = Cli.start(folder, variables, "run", "lock", "--gantt")) {
      assertEquals(0, cli.status(), cli.err());
      return cli.out();
    }
  }

  private static int widest(String text) {
    return text.lines().mapToInt(String::length).max().orElse(0);
  }
}
