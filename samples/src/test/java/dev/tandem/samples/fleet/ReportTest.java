package dev.tandem.samples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {

  private static final HostResult GOOD =
      new HostResult("ise-01", Transport.HTTP, Status.OK, 0, 2.01234, 559, "");
  private static final HostResult BAD =
      new HostResult("ios-01", Transport.SSH, Status.FAILED, 0.5, 1, 0, "login <refused>");
  private static final HostResult LATE =
      new HostResult("ios-02", Transport.SSH, Status.TIMED_OUT, 0.5, 30, 0, "too slow");
  private static final HostResult CUT =
      new HostResult("ios-03", Transport.SSH, Status.CANCELLED, 0, 0, 0, "interrupted");

  private static Report report(HostResult... last) {
    return new Report(
        1,
        "both",
        0,
        List.of(
            new Round("sequential", 40, List.of(GOOD)), new Round("concurrent", 2, List.of(last))));
  }

  @Test
  void toJson_bothRounds_hasEveryField() {
    JsonNode json = JsonMapper.shared().readTree(report(GOOD, BAD, LATE).toJson());
    assertEquals(1, json.get("nodes").intValue());
    assertEquals("both", json.get("transport").stringValue());
    assertTrue(json.get("limit").isNull());
    assertEquals(40, json.at("/sequential/seconds").doubleValue());
    assertEquals(1, json.at("/concurrent/ok").intValue());
    assertEquals(1, json.at("/concurrent/failed").intValue());
    assertEquals(1, json.at("/concurrent/timedOut").intValue());
    assertEquals(0, json.at("/concurrent/cancelled").intValue());
    assertEquals(20, json.get("speedup").doubleValue());
    assertEquals("ise-01", json.at("/results/0/host").stringValue());
    assertEquals(2.012, json.at("/results/0/seconds").doubleValue());
    assertEquals(559, json.at("/results/0/bytes").intValue());
    assertEquals("failed", json.at("/results/1/status").stringValue());
    assertEquals("login <refused>", json.at("/results/1/error").stringValue());
    assertEquals("timedOut", json.at("/results/2/status").stringValue());
    assertFalse(json.at("/results/1").has("bytes"));
  }

  @Test
  void toJson_oneRoundOnly_hasNullsForTheOther() {
    var single = new Report(1, "http", 7, List.of(new Round("sequential", 4, List.of(GOOD))));
    JsonNode json = JsonMapper.shared().readTree(single.toJson());
    assertTrue(json.get("concurrent").isNull());
    assertTrue(json.get("speedup").isNull());
    assertEquals(7, json.get("limit").intValue());
  }

  @Test
  void speedup_ofARoundThatWasCutShort_isNotClaimed() {
    assertTrue(report(GOOD, CUT).speedup().isEmpty());
    assertFalse(report(GOOD, CUT).allReached());
  }

  @Test
  void speedup_ofRoundsThatReachedNothing_isNotClaimed() {
    Report report = report(BAD, LATE);
    assertTrue(report.speedup().isEmpty());
    assertEquals("2 of 2 failed.", report.toLines().getLast());
  }

  @Test
  void toLines_countsWhatWasCancelledInAColumn() {
    List<String> lines = report(GOOD, CUT).toLines();
    assertEquals(
        List.of(
            "ROUND        SECONDS     OK  FAILED  TIMED OUT  CANCELLED",
            "sequential     40.00      1       0          0          0",
            "concurrent      2.00      1       0          0          1"),
        lines.subList(lines.size() - 3, lines.size()));
  }

  @Test
  void toLines_tellsEachHostItsReasonAndTheRatio() {
    String table = String.join("\n", report(GOOD, BAD).toLines());
    assertTrue(table.contains("ise-01  http       ok            2.012  559"), table);
    assertTrue(table.contains("ios-01  ssh        failed        1.000  login <refused>"), table);
    assertTrue(table.endsWith("Together 20.0 times faster than one by one. 1 of 2 failed."), table);
  }

  @Test
  void timeline_isWellFormedAndHasARowForEachTarget() throws Exception {
    byte[] svg = Timeline.svg(report(GOOD, BAD, LATE));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertEquals(4, document.getElementsByTagName("title").getLength());
    String text = new String(svg, StandardCharsets.UTF_8);
    assertTrue(text.contains("login &lt;refused>") || text.contains("login &lt;refused&gt;"));
  }

  @Test
  void progress_onATerminal_staysOnOneLineWithinItsWidth() {
    var bytes = new ByteArrayOutputStream();
    Progress progress = Progress.on(new PrintStream(bytes, true, StandardCharsets.UTF_8), 40);
    progress.begin("concurrent", 3);
    progress.done(GOOD);
    progress.done(BAD);
    progress.done(LATE);
    progress.end(3);
    String shown = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(1, shown.lines().filter(line -> line.contains("3 of 3 done")).count());
    for (String drawn : shown.split("\r", -1)) {
      assertTrue(drawn.replace("\u001b[K", "").strip().length() < 40, drawn);
    }
    assertTrue(shown.contains("3/3, 2 failed"), shown);
  }

  @Test
  void progress_piped_isPlainLines() {
    var bytes = new ByteArrayOutputStream();
    Progress progress = Progress.on(new PrintStream(bytes, true, StandardCharsets.UTF_8), 0);
    progress.begin("sequential", 2);
    progress.done(GOOD);
    progress.done(BAD);
    progress.end(2);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("sequential: 2 targets", lines.get(0));
    assertEquals("sequential: ios-01 failed - login <refused>", lines.get(1));
    assertTrue(lines.get(2).startsWith("sequential: 2 of 2 done in "));
    assertEquals(3, lines.size());
  }
}
