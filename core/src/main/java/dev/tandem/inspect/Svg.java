package dev.tandem.inspect;

import dev.tandem.TaskState;
import dev.tandem.inspect.Row.Doing;
import dev.tandem.inspect.Row.Stretch;
import dev.tandem.internal.Words;
import java.util.List;
import java.util.Locale;

/** A recording as a picture. */
final class Svg {

  private static final int WIDTH = 960;
  private static final int MARGIN = 16;
  private static final int HEAD = 52;
  private static final int FOOT = 44;
  private static final int ROW = 20;
  private static final int BAR = 12;
  private static final int INDENT = 10;
  private static final int MOST_ROWS = 300;
  private static final int MARKS = 8;

  /** A letter is about this wide: there is nobody to ask how wide it will be. */
  private static final double LETTER = 6.7;

  private static final int WIDEST_LABEL = 240;

  private static final String STYLE =
      """
      text { font: 12px system-ui, sans-serif; fill: #1f2933; }
      .soft { fill: #616e7c; } .title { font-weight: 600; }
      .paper { fill: #ffffff; } .rule { stroke: #e4e7eb; } .band { fill: #f5f7fa; }
      .ready { fill: #e4e7eb; } .runs { fill: #2f7dc1; } .sleeps { fill: #7cc0ab; } .waits { fill: #cfe2f3; }
      .stops { fill: #f0b755; } .failed { fill: #d64545; } .cancelled { fill: #7b8794; }
      .asked { stroke: #b7791f; stroke-width: 1.5; stroke-dasharray: 3 2; }
      """;

  private final Recording recording;
  private final List<Row> rows;
  private final List<Row> shown;
  private final double left;
  private final StringBuilder svg = new StringBuilder();

  private Svg(Recording recording) {
    this.recording = recording;
    rows = Chart.rows(recording);
    shown = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
    double widest =
        shown.stream()
            .mapToDouble(row -> indent(row) + LETTER * Cells.width(Recording.title(row.task)))
            .max()
            .orElse(0);
    left = Math.ceil(MARGIN + Math.min(widest, WIDEST_LABEL) + 12);
  }

  static String of(Recording recording) {
    return new Svg(recording).draw();
  }

  private String draw() {
    int bottom = HEAD + shown.size() * ROW;
    int height = bottom + FOOT;
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\">\n<style>\n%s</style>\n",
            WIDTH, height, WIDTH, height, STYLE));
    rect("paper", 0, 0, WIDTH, height);
    text(MARGIN, 22, "title", "start", heading());
    legend();
    for (int i = 1; i < shown.size(); i += 2) {
      rect("band", 0, HEAD + i * ROW, WIDTH, ROW);
    }
    axis(bottom);
    for (int i = 0; i < shown.size(); i++) {
      row(shown.get(i), HEAD + i * ROW);
    }
    return svg.append("</svg>\n").toString();
  }

  private String heading() {
    String tasks = rows.size() == 1 ? "1 task" : rows.size() + " tasks";
    String more = rows.size() > shown.size() ? ", the first " + shown.size() + " shown" : "";
    String lost = recording.dropped() == 0 ? "" : "; " + recording.lost();
    String time = Recording.seconds(recording.length(), recording.isFine());
    return tasks + " in " + time + " s" + more + lost;
  }

  private void legend() {
    double x = MARGIN;
    for (String[] entry :
        new String[][] {
          {"ready", "ready"},
          {"runs", "runs"},
          {"sleeps", "sleeps"},
          {"waits", "waits"},
          {"stops", "is to stop"},
          {"failed", "failed"},
          {"cancelled", "cancelled"}
        }) {
      rect(entry[0], x, 34, 10, 10);
      text(x + 15, 43, "soft", "start", entry[1]);
      x += 34 + LETTER * entry[1].length();
    }
    line("asked", x + 3, 33, x + 3, 45);
    text(x + 11, 43, "soft", "start", "cancel asked");
  }

  private void axis(int bottom) {
    for (Axis.Mark mark : Axis.over(recording.length(), MARKS).marks()) {
      double x = x(recording.origin() + mark.at());
      line("rule", x, HEAD, x, bottom + 5);
      // At the right edge a label in the middle would be cut off.
      boolean last = x > WIDTH - MARGIN - 24;
      text(
          last ? WIDTH - MARGIN : x,
          bottom + 20,
          "soft",
          last ? "end" : "middle",
          mark.label() + " s");
    }
  }

  private void row(Row row, double top) {
    double y = top + (ROW - BAR) / 2.0;
    label(row, top + ROW - 6);
    svg.append("<g><title>").append(escaped(story(row))).append("</title>\n");
    for (Stretch stretch : row.stretches) {
      double from = x(stretch.from());
      rect(style(stretch.doing()), from, y, Math.max(0.5, x(stretch.to()) - from), BAR);
    }
    double end = x(row.end);
    if (row.outcome == TaskState.FAILED || row.outcome == TaskState.CANCELLED) {
      String how = row.outcome == TaskState.FAILED ? "failed" : "cancelled";
      rect(how, Math.max(left, end - 3), y - 2, 4, BAR + 4);
    } else if (row.stretches.isEmpty()) {
      rect("runs", end, y, 1, BAR);
    }
    for (Moment.CancelAsked asked : row.cancels) {
      line("asked", x(asked.at()), top + 1, x(asked.at()), top + ROW - 1);
    }
    svg.append("</g>\n");
  }

  private void label(Row row, double baseline) {
    String title = Recording.title(row.task);
    int room = (int) ((left - 12 - MARGIN - indent(row)) / LETTER);
    // Of a long path the end says the most.
    String fitted = Cells.width(title) <= room ? title : "…" + Cells.end(title, room - 1);
    text(MARGIN + indent(row), baseline, "", "start", fitted);
  }

  private static double indent(Row row) {
    return INDENT * Math.min(row.depth, 10);
  }

  /** What a viewer shows for a row under the pointer. */
  private String story(Row row) {
    boolean fine = recording.isFine();
    String outcome =
        row.outcome == null ? "still runs" : row.outcome.name().toLowerCase(Locale.ROOT);
    return Recording.path(row.task)
        + ": "
        + Recording.seconds(row.start - recording.origin(), fine)
        + " s to "
        + Recording.seconds(row.end - recording.origin(), fine)
        + " s, "
        + outcome
        + (row.thrown.isEmpty() ? "" : ", " + row.thrown);
  }

  private static String style(Doing doing) {
    return switch (doing) {
      case READY -> "ready";
      case RUNNING -> "runs";
      case SLEEPING -> "sleeps";
      case WAITING -> "waits";
      case STOPPING -> "stops";
    };
  }

  private double x(long at) {
    double share = (double) (at - recording.origin()) / recording.length();
    return left + share * (WIDTH - MARGIN - left);
  }

  private void rect(String style, double x, double y, double width, double height) {
    svg.append(
        format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
            style, x, y, width, height));
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    svg.append(
        format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            style, x1, y1, x2, y2));
  }

  private void text(double x, double y, String style, String anchor, String words) {
    svg.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style, x, y, anchor, escaped(words)));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** As XML has it; what it cannot have, or a viewer would obey, becomes a question mark. */
  private static String escaped(String words) {
    var escaped = new StringBuilder(words.length());
    words
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append(' ');
                default -> escaped.appendCodePoint(canBeShown(point) ? point : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean canBeShown(int point) {
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    return !Words.isObeyed(point) && !surrogate && point != 0xFFFE && point != 0xFFFF;
  }
}
