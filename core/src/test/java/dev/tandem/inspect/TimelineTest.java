package dev.tandem.inspect;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualRun;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimelineTest {

  private static final Pattern COLOURS = Pattern.compile("\u001b\\[\\d+m");

  @Test
  void gantt_inFortyColumns_showsWhatEachTaskDid() throws Exception {
    var timeline = Timeline.ofAtMost(1_000);
    VirtualTime.observedBy(timeline).run((TaskGroup root) -> Sample.run());
    assertEquals(
        """
        (body)        ░░░░░░░░░░░░░░░░░▞▞▞▞▞▞▞▞▞
         main/check-0 ▒▒▒▒▒
         main/check-1 ▒▒▒▒▒▒▒▒▒
         main/check-2 ░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒✗
         main/check-3 ░░░░░░░░░▒▒▒▒▒▒▒▒⊘
         …g-task-name ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▞▞▞▞▞▞▞▞⊘
                      └─────────┴──────────┴────
                      0.0 s     0.5 s      1.0 s
        █ run ▒ sleep ░ wait ▞ stop ✗ ⊘ end
        """,
        timeline.gantt(40));
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 80, 81, 200})
  void gantt_ofSoManyColumns_fitsThemExactly(int columns) throws Exception {
    String chart = recorded(VirtualTime.seed(1)).gantt(columns);
    List<String> lines = chart.lines().toList();
    assertTrue(lines.stream().allMatch(line -> line.length() <= columns), chart);
    assertTrue(lines.stream().anyMatch(line -> line.length() == columns), chart);
    long ruler = lines.stream().filter(line -> line.contains("┴")).findFirst().orElse("").length();
    assertEquals(columns, ruler, chart);
  }

  @Test
  void ganttInColour_withoutItsColours_isTheSame() throws Exception {
    Timeline timeline = recorded(VirtualTime.seed(1));
    String painted = timeline.ganttInColour(80);
    assertNotEquals(timeline.gantt(80), painted);
    assertEquals(timeline.gantt(80), COLOURS.matcher(painted).replaceAll(""));
  }

  @Test
  void everyForm_ofTwentyRunsWithTheSameSeed_isTheSameByteForByte() throws Exception {
    for (long seed = 0; seed < 3; seed++) {
      var forms = new HashSet<List<String>>();
      for (int run = 0; run < 20; run++) {
        forms.add(forms(recorded(VirtualTime.seed(seed))));
      }
      assertEquals(1, forms.size(), "seed " + seed);
    }
  }

  @Test
  void lines_ofDifferentSeeds_differ() throws Exception {
    var traces = new HashSet<List<String>>();
    for (long seed = 0; seed < 5; seed++) {
      traces.add(recorded(VirtualTime.seed(seed)).lines());
    }
    assertTrue(traces.size() > 1);
  }

  @Test
  void lines_tellTimePathAndWhatHappened() throws Exception {
    var timeline = Timeline.ofAtMost(100);
    VirtualTime.observedBy(timeline)
        .run(
            (TaskGroup root) ->
                TaskGroup.run(
                    "main",
                    (TaskGroup group) -> {
                      var task = group.start("nap", () -> sleep(ofSeconds(2)));
                      sleep(ofMillis(500));
                      task.cancel("enough");
                    }));
    assertEquals(
        List.of(
            "0.000  (body)    begins",
            "0.000  (body)    enters a group",
            "0.000  (body)    enters group main",
            "0.000  main/nap  is spawned by (body)",
            "0.000  (body)    sleeps until 0.500 s",
            "0.000  main/nap  begins",
            "0.000  main/nap  sleeps until 2.000 s",
            "0.500  (body)    wakes up after 0.500 s",
            "0.500  main/nap  is to be cancelled: enough (by main)"),
        timeline.lines().subList(0, 9));
    assertTrue(timeline.lines().contains("0.500  main/nap  ends, cancelled"));
  }

  @Test
  void events_thatAreTooMany_dropTheOldestAndSaySo() throws Exception {
    var timeline = Timeline.ofAtMost(10);
    VirtualTime.observedBy(timeline).run(TimelineTest::program);
    assertEquals(10, timeline.size());
    assertTrue(timeline.dropped() > 10);
    String lost = timeline.dropped() + " earlier events were dropped";
    assertEquals(lost, timeline.lines().getFirst());
    assertEquals(11, timeline.lines().size());
    assertTrue(timeline.gantt(80).contains(lost));
    assertTrue(timeline.svg().contains(lost));
    assertTrue(timeline.perfetto().contains("\"dropped\":\"" + timeline.dropped() + "\""));
  }

  @Test
  void timeline_thatSawNothing_isEmptyInEveryForm() {
    var timeline = Timeline.ofAtMost(1);
    assertEquals(List.of(), timeline.lines());
    assertTrue(timeline.gantt(40).lines().allMatch(line -> line.length() <= 40));
    assertTrue(timeline.svg().contains("0 tasks"));
    assertTrue(timeline.perfetto().contains("process_name"));
  }

  @Test
  void timeline_inRealTime_keepsWhatManyThreadsDo() throws Exception {
    var timeline = Timeline.ofAtMost(1_000_000);
    try (var _ = Observation.of(timeline)) {
      gather(IntStream.range(0, 1_000).boxed().toList(), item -> item);
    }
    String svg = timeline.svg();
    assertTrue(svg.contains("1001 tasks in"), svg.substring(0, 2_000));
    assertTrue(timeline.gantt(80).contains("more tasks"));
    assertEquals(1_001, timeline.lines().stream().filter(line -> line.endsWith(" ends")).count());
  }

  private static Timeline ofATaskNamed(String name) throws Exception {
    var timeline = Timeline.ofAtMost(1_000);
    VirtualTime.observedBy(timeline)
        .run(
            (TaskGroup group) -> {
              group.start(name, () -> 1);
            });
    return timeline;
  }

  @Test
  void names_ofAnyCharacters_breakNoForm() throws Exception {
    String name = "a<b>&\"c\"\\\u0000\n\ud83d\ude00";
    Timeline timeline = ofATaskNamed(name);
    assertTrue(timeline.svg().contains("a&lt;b&gt;&amp;&quot;c&quot;\\? \ud83d\ude00"));
    assertTrue(timeline.perfetto().contains("a<b>&\\\"c\\\"\\\\\\u0000\\u000a\\ud83d\\ude00"));
    assertTrue(timeline.lines().stream().noneMatch(line -> line.contains("\n")));
    assertEquals(5, timeline.gantt(80).lines().count());
  }

  @Test
  void names_thatTurnTheLine_turnNothing() throws Exception {
    String name = "a\u2028b\u202ec\u2066d";
    Timeline timeline = ofATaskNamed(name);
    assertTrue(timeline.svg().contains("a?b?c?d"));
    assertTrue(timeline.gantt(80).contains("a?b?c?d"));
    assertTrue(timeline.lines().stream().noneMatch(line -> line.matches(".*[\u2028\u202e].*")));
  }

  @Test
  void gantt_wideCharacters_keepTheBarsInTheirColumns() throws Exception {
    var timeline = Timeline.ofAtMost(1_000);
    VirtualTime.observedBy(timeline)
        .run(
            (TaskGroup group) -> {
              group.start("\u65e5\u672c\u8a9e", () -> sleep(ofSeconds(1)));
              group.start("e\u0301", () -> sleep(ofSeconds(1)));
              group.start("\ud83d\ude00".repeat(20), () -> sleep(ofSeconds(1)));
            });
    List<String> rows = timeline.gantt(40).lines().toList();
    assertTrue(rows.get(1).startsWith(" \u65e5\u672c\u8a9e       ▒"), rows.get(1));
    assertTrue(rows.get(2).startsWith(" e\u0301            ▒"), rows.get(2));
    assertTrue(rows.get(3).startsWith(" …" + "\ud83d\ude00".repeat(5) + "  ▒"), rows.get(3));
    assertTrue(timeline.svg().contains("…" + "\ud83d\ude00".repeat(16) + "<"), timeline.svg());
  }

  @Test
  void perfetto_scopesThatBeginAtOnce_comeOutermostFirst() throws Exception {
    var timeline = Timeline.ofAtMost(1_000);
    VirtualTime.observedBy(timeline)
        .run(
            (TaskGroup _) ->
                timeout(
                    "outer",
                    ofSeconds(9),
                    () -> {
                      timeout("inner", ofSeconds(5), () -> sleep(ofSeconds(1)));
                      sleep(ofSeconds(1));
                    }));
    String json = timeline.perfetto();
    int outer = json.indexOf("\"path\":\"outer\"");
    int inner = json.indexOf("\"path\":\"outer/inner\"");
    assertTrue(outer > 0 && inner > outer, json);
  }

  @Test
  void longWords_areNotCutInsideACharacter() throws Exception {
    var timeline = Timeline.ofAtMost(1_000);
    VirtualTime.observedBy(timeline)
        .run((TaskGroup group) -> group.cancel("y".repeat(199) + "\ud83d\ude00"));
    assertTrue(timeline.lines().stream().anyMatch(line -> line.endsWith("y…")));
  }

  @Test
  void arguments_thatMakeNoSense_areRefusedWithTheValue() {
    var none = assertThrows(IllegalArgumentException.class, () -> Timeline.ofAtMost(0));
    assertTrue(none.getMessage().contains("but was 0"));
    var narrow = assertThrows(IllegalArgumentException.class, () -> Timeline.ofAtMost(1).gantt(29));
    assertTrue(narrow.getMessage().contains("but was 29"));
  }

  @Test
  void axis_overAnyLength_hasRoundMarks() {
    assertEquals(List.of("0.0", "0.5", "1.0", "1.5", "2.0", "2.5"), labels(ofMillis(2_500), 6));
    assertEquals(List.of("0", "2", "4", "6", "8", "10"), labels(ofSeconds(10), 5));
    assertEquals(List.of("0.00000", "0.00005", "0.00010"), labels(Duration.ofNanos(100_000), 3));
    assertEquals(List.of("0.000000000", "0.000000001"), labels(Duration.ofNanos(1), 4));
    assertEquals(2, labels(Duration.ofNanos(Long.MAX_VALUE), 1).size());
  }

  @Test
  void outcome_ofATaskThatNeverEnds_isOpen() {
    var timeline = Timeline.ofAtMost(10);
    var task = new ObservedTask(1, "endless", null, null);
    timeline.taskSpawned(ofSeconds(5), task);
    timeline.taskStarted(ofSeconds(5), task);
    timeline.waitBegan(ofSeconds(6), task, new ObservedWait("lock", "x", "", Optional.empty()));
    timeline.waitEnded(
        ofSeconds(7), task, new ObservedWait("lock", "x", "", Optional.empty()), WaitEnd.GRANTED);
    assertTrue(timeline.svg().contains("endless: 0.000 s to 2.000 s, still runs"));
    assertTrue(timeline.perfetto().contains("\"end\":\"none yet\""));
  }

  private static List<String> labels(Duration length, int most) {
    return Axis.over(length.toNanos(), most).marks().stream().map(Axis.Mark::label).toList();
  }

  private static List<String> forms(Timeline timeline) {
    return List.of(
        String.join("\n", timeline.lines()),
        timeline.gantt(80),
        timeline.svg(),
        timeline.perfetto());
  }

  private static Timeline recorded(VirtualRun run) throws Exception {
    var timeline = Timeline.ofAtMost(10_000);
    run.observedBy(timeline).run(TimelineTest::program);
    return timeline;
  }

  /** Something of everything. */
  private static void program(TaskGroup root) throws Exception {
    Sample.run();
    Tandem.moveOnAfter(ofMillis(100), () -> sleep(ofSeconds(1)));
  }
}
