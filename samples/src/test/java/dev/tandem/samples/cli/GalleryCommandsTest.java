package dev.tandem.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.samples.gallery.Exhibit;
import dev.tandem.samples.gallery.Gallery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code list}, {@code show} and {@code run}, as they are typed. */
final class GalleryCommandsTest {

  private record Result(int status, String out, String err) {}

  @Test
  void list_namesEverySampleInALine() {
    Result result = run("list");
    assertEquals(0, result.status());
    List<String> lines = result.out().lines().toList();
    assertEquals(Gallery.EXHIBITS.size() + 1, lines.size());
    for (Exhibit exhibit : Gallery.EXHIBITS) {
      assertTrue(
          lines.stream().anyMatch(line -> line.startsWith(exhibit.id() + " ")), exhibit.id());
    }
  }

  @Test
  void list_asJson_holdsTheSame() {
    JsonNode all = JsonMapper.shared().readTree(run("list", "--json").out());
    assertEquals(Gallery.EXHIBITS.size(), all.size());
    JsonNode first = all.get(0);
    assertEquals("hello-async", first.get("id").asString());
    assertEquals("D E", first.get("lessons").asString());
    assertEquals("virtual", first.get("runsOn").asString());
    assertFalse(first.get("title").asString().isEmpty());
  }

  @Test
  void show_printsTheSource() throws Exception {
    Result result = run("show", "gather");
    assertEquals(0, result.status());
    assertTrue(result.out().startsWith("package dev.tandem.samples.gallery.basics;"), result.out());
  }

  @Test
  void run_one_printsWhatItPrints() {
    Result result = run("run", "tasks");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().startsWith("Tasks created\nA starting\n"), result.out());
  }

  @Test
  void run_withASeed_isTheSameEachTime() {
    assertEquals(run("run", "task-group", "--seed", "7"), run("run", "task-group", "--seed", "7"));
  }

  @Test
  void run_withViews_showsAndWritesThem(@TempDir Path folder) throws Exception {
    Path svg = folder.resolve("lock.svg");
    Path perfetto = folder.resolve("lock.json");
    Result result =
        run(
            "run",
            "lock",
            "--trace",
            "--gantt",
            "--svg",
            svg.toString(),
            "--perfetto",
            perfetto.toString());
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().startsWith("A acquired at 0.000 s"), result.out());
    assertTrue(result.out().lines().anyMatch(line -> line.contains("item#2")), result.out());
    assertTrue(Files.readString(svg).startsWith("<"), svg.toString());
    assertFalse(JsonMapper.shared().readTree(Files.readString(perfetto)).isEmpty());
  }

  @Test
  void run_check_comparesAndCounts() {
    Result result = run("run", "tasks", "--check");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().endsWith("1 passed, 0 failed\n"), result.out());
  }

  static Stream<List<String>> wrongUse() {
    return Stream.of(
        List.of("There is no sample 'gahter'; did you mean gather", "run", "gahter"),
        List.of("There is no sample 'timeout'; did you mean timeouts", "show", "timeout"),
        List.of("--seed must be a whole number of 64", "run", "gather", "--seed", "x"),
        List.of("--seed must be a whole number of 64", "run", "lock", "--seed", "9".repeat(30)),
        List.of("--svg needs the name of a file.", "run", "lock", "--svg", ""),
        List.of("--seed orders virtual time; leave it", "run", "lock", "--seed", "1", "--real"),
        List.of("--seed orders virtual time, and file-io", "run", "file-io", "--seed", "1"),
        List.of("--check compares what is printed without", "run", "lock", "--check", "--real"),
        List.of(
            "--seed orders virtual time; leave",
            "run",
            "async-database",
            "--postgres",
            "--seed",
            "1"),
        List.of(
            "--lab is for pub-sub-weather and async-generator-pages, and not",
            "run",
            "lock",
            "--lab"),
        List.of(
            "--postgres is for async-database, and not for",
            "run",
            "pub-sub-weather",
            "--postgres"),
        List.of("--lab and --postgres are for one sample", "run", "--all", "--lab"),
        List.of("--svg /no/x.svg: there is no directory /no.", "run", "lock", "--svg", "/no/x.svg"),
        List.of("--perfetto / is a directory; give", "run", "lock", "--perfetto", "/"),
        List.of("--perfetto /proc/x cannot be written", "run", "lock", "--perfetto", "/proc/x"),
        List.of("--trace, --gantt, --svg and --perfetto show one", "run", "--all", "--gantt"),
        List.of("Give the id of one sample, or --all", "run"),
        List.of("Give the id of one sample, or --all", "run", "--all", "lock"));
  }

  @ParameterizedTest
  @MethodSource("wrongUse")
  void wrongUse_isOneSentence(List<String> sentenceAndArguments) {
    Result result =
        run(sentenceAndArguments.subList(1, sentenceAndArguments.size()).toArray(String[]::new));
    assertEquals(2, result.status());
    assertTrue(result.err().startsWith("tandem: " + sentenceAndArguments.getFirst()), result.err());
    assertTrue(result.err().endsWith("--help.\n"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals("", result.out());
  }

  @Test
  void help_onACommand_isWhatItsOptionSays() {
    Result result = run("help", "fleet");
    assertEquals(0, result.status(), result.err());
    assertEquals(run("fleet", "--help"), result);
  }

  @Test
  void help_alone_listsTheCommands() {
    Result result = run("help");
    assertEquals(0, result.status(), result.err());
    assertEquals(run("--help"), result);
  }

  static Stream<List<String>> unknown() {
    return Stream.of(
        List.of(
            "tandem: there is no command 'nosuch'; there are list, show, run, fleet, lab, ps, tree,"
                + " bench, help. See ./tandem --help.",
            "nosuch"),
        List.of(
            "tandem: Unknown option: '--node=3'; did you mean --nodes? See ./tandem fleet --help.",
            "fleet",
            "--node=3"),
        List.of(
            "tandem: Unknown option: '--zebra'. See ./tandem fleet --help.", "fleet", "--zebra"),
        List.of(
            "tandem: Unmatched argument at index 1: 'extra'. See ./tandem lab --help.",
            "lab",
            "extra"));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void unknownWord_isToldInOneLineWithWhereToReadMore(List<String> lineAndArguments) {
    Result result =
        run(lineAndArguments.subList(1, lineAndArguments.size()).toArray(String[]::new));
    assertEquals(new Result(2, "", lineAndArguments.getFirst() + "\n"), result);
  }

  private static Result run(String... arguments) {
    PrintStream before = System.out;
    var kept = new ByteArrayOutputStream();
    var out = new PrintStream(kept, true, StandardCharsets.UTF_8);
    var err = new StringWriter();
    System.setOut(out);
    try {
      CommandLine command =
          Main.commandLine()
              .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
              .setErr(new PrintWriter(err, true));
      int status = command.execute(arguments);
      out.flush();
      return new Result(status, kept.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }
}
