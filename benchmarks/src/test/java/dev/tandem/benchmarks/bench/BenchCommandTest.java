package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The command line, with a suite that takes no time. */
final class BenchCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void suite_goalsMissed_printsTheTableAndSucceeds() {
    assertEquals(0, run("fake", "--quick"));
    assertEquals(
        """
        work      peer            ratio  goal   met
        counting  four            0.500  0.600  yes
                  four, strictly  0.500  0.400  no
                  absent          -      1.00   skipped: no absent
                  by the way      1.00   -      -

        counting: Tandem 2 ns, four 4 ns, four, strictly 4 ns, by the way 2 ns
        """,
        out.toString());
  }

  @Test
  void suite_withJson_writesAnArrayOfSixKeys() throws Exception {
    Path file = folder.resolve("bench.json");
    assertEquals(0, run("fake", "--quick", "--json", file.toString()));
    assertEquals(
        """
        [{"suite":"fake","work":"counting","peer":"four","ratio":0.5,"goal":0.6,"met":true},\
        {"suite":"fake","work":"counting","peer":"four, strictly",\
        "ratio":0.5,"goal":0.4,"met":false},\
        {"suite":"fake","work":"counting","peer":"absent","ratio":null,"goal":1,"met":null},\
        {"suite":"fake","work":"counting","peer":"by the way","ratio":1,"goal":null,"met":null}]\
        """,
        JsonMapper.shared().readTree(Files.readString(file)).toString());
  }

  @Test
  void progress_ofEachProbe_goesToStandardError() {
    run("fake", "--quick");
    List<String> lines = err.toString().lines().toList();
    assertEquals("fake: round 1 of 3, counting: Tandem (about 15 s left)", lines.getFirst());
    assertEquals(3 * 4 + 2, lines.size(), "an absent contender is asked for once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope|there is no suite 'nope'; there is fake.",
        "fake --jsn|Unknown option: '--jsn'",
        "fake more|Unmatched argument at index 1: 'more'",
        "fake --json|Missing required parameter for option '--json' (FILE)",
        "fake --json {folder}|--json {folder}: that is a directory.",
        "fake --json {folder}/no/file|--json {folder}/no/file: there is no such directory.",
      })
  void options_thatAreWrong_areOneSentenceBeforeAnythingIsMeasured(String line, String sentence) {
    String here = folder.toString();
    assertEquals(2, run(line.replace("{folder}", here).split(" ")));
    assertEquals(
        List.of("tandem: " + sentence.replace("{folder}", here)), err.toString().lines().toList());
    assertEquals("", out.toString());
  }

  @Test
  void help_withoutASuite_listsTheSuites() {
    assertEquals(0, run());
    assertTrue(out.toString().contains("fake  Counts."), out.toString());
    assertFalse(out.toString().contains("core"), out.toString());
  }

  private int run(String... arguments) {
    CommandLine commandLine = BenchCommand.commandLine(List.of(new FakeSuite()));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
