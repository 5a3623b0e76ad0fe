package dev.tandem.samples.gallery;

import dev.tandem.inspect.Timeline;
import java.io.IOException;
import java.util.List;

/** Makes a page of each sample, and the list of them. */
final class SamplePages {

  private static final String FENCE = "```";
  private static final int LONGEST_CHART = 30;

  private SamplePages() {}

  static String page(Exhibit exhibit, String output, String chart) throws IOException {
    SourcePage source = SourcePage.of(exhibit.source());
    boolean virtual = exhibit.runsOn() == RunsOn.VIRTUAL;
    String run = "./tandem run " + exhibit.id();
    return String.join(
        "\n",
        "# " + exhibit.id() + ": " + exhibit.title(),
        "",
        source.purpose(),
        "",
        "<table>",
        "<tr><th>" + source.language() + "</th><th>Tandem</th></tr>",
        "<tr><td>",
        "",
        fenced("python", source.original()),
        "",
        "</td><td>",
        "",
        fenced("java", source.ours()),
        "",
        "</td></tr>",
        "</table>",
        "",
        virtual
            ? "Run it on virtual time, which is exact and takes no time, or as long as it takes:"
            : "Run it; it measures real time, so the figures are those of one machine:",
        "",
        fenced("sh", virtual ? run + "\n" + run + " --real" : run) + inLab(exhibit, run),
        "",
        "It prints:",
        "",
        fenced("text", output.stripTrailing()),
        "",
        chart.isEmpty()
            ? "What each task does, when: `" + run + " --gantt`."
            : "What each task does, when, by `" + run + " --gantt`:\n\n" + fenced("text", chart),
        "",
        "All of it, from lesson"
            + (exhibit.lessons().length() > 1 ? "s " : " ")
            + String.join(", ", exhibit.lessons().split(" "))
            + ", is [one file](../../samples/src/main/java/"
            + exhibit.sourcePath()
            + "):",
        "",
        fenced("java", exhibit.source().stripTrailing()),
        "",
        "[All samples](README.md)",
        "");
  }

  private static String inLab(Exhibit exhibit, String run) {
    return exhibit
        .labOption()
        .map(
            option ->
                "\n\nAgainst a real server, which it starts for itself:\n\n"
                    + fenced("sh", run + " " + option))
        .orElse("");
  }

  /** The chart of a run; empty when it is long, or not the same each time. */
  static String chart(Exhibit exhibit) throws Exception {
    if (exhibit.runsOn() == RunsOn.REAL || exhibit.id().equals("sync-from-async")) {
      return "";
    }
    Timeline timeline = Timeline.ofAtMost(100_000);
    Rehearsal.of(exhibit, new Stage(false, null, timeline));
    String chart = timeline.gantt(80);
    return chart.lines().count() > LONGEST_CHART ? "" : chart.stripTrailing();
  }

  static String index() {
    var page = new StringBuilder();
    page.append(
        """
        # The samples

        Each thing that asyncio's lessons show, as a page of code that runs in one command. `./tandem list` lists them,
        `./tandem show ID` prints the source, `./tandem run ID` runs one, and `./tandem run --all --check` runs every one and
        compares what it prints. These pages are made from the compiled source and its real output.

        Lessons: A asks many ISE nodes, B automates networks, C is a lecture for DevOps, D has exercises, E is a talk.
        """);
    part(page, "Basics", "basics");
    part(page, "Coordination", "coordination");
    part(page, "Mixing with blocking code", "blocking");
    return page.toString();
  }

  private static void part(StringBuilder page, String title, String name) {
    page.append("\n## ").append(title).append("\n\n");
    page.append("| id | what it shows | lessons | runs on |\n|---|---|---|---|\n");
    List<Exhibit> part =
        Gallery.EXHIBITS.stream()
            .filter(exhibit -> exhibit.sourcePath().contains("/" + name + "/"))
            .toList();
    for (Exhibit exhibit : part) {
      page.append("| [%1$s](%1$s.md) | ".formatted(exhibit.id()))
          .append(exhibit.title())
          .append(" | ")
          .append(exhibit.lessons())
          .append(" | ")
          .append(exhibit.runsOn().word())
          .append(" time")
          .append(exhibit.labOption().map(option -> ", lab with `" + option + "`").orElse(""))
          .append(" |\n");
    }
  }

  private static String fenced(String language, String code) {
    return FENCE + language + "\n" + code + "\n" + FENCE;
  }
}
