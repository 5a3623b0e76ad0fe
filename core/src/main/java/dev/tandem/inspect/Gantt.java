package dev.tandem.inspect;

import dev.tandem.TaskState;
import dev.tandem.inspect.Row.Doing;
import dev.tandem.inspect.Row.Stretch;
import java.util.Arrays;
import java.util.List;

/** A recording as a chart for the terminal. */
final class Gantt {

  private static final int NARROWEST = 30;
  private static final int MOST_ROWS = 200;

  private static final char READY = '·';
  private static final char RUNNING = '█';
  private static final char SLEEPING = '▒';
  private static final char WAITING = '░';
  private static final char STOPPING = '▞';
  private static final char FAILED = '✗';
  private static final char CANCELLED = '⊘';
  private static final char NOTHING = ' ';

  private static final String LEGEND =
      "· ready  █ runs  ▒ sleeps  ░ waits  ▞ is to stop  ✗ failed  ⊘ cancelled";
  private static final String SHORT_LEGEND = "█ run ▒ sleep ░ wait ▞ stop ✗ ⊘ end";
  private static final String PLAIN = "\u001b[0m";

  private final Recording recording;
  private final List<Row> rows;
  private final boolean colour;
  private final int columns;
  private final int labels;
  private final int width;
  private final StringBuilder text = new StringBuilder();

  private Gantt(Recording recording, int columns, boolean colour) {
    this.recording = recording;
    this.columns = columns;
    this.colour = colour;
    rows = Chart.rows(recording);
    int longest =
        rows.stream().limit(MOST_ROWS).mapToInt(row -> Cells.width(label(row))).max().orElse(0);
    labels = Math.max(4, Math.min(longest, columns / 3));
    width = columns - labels - 1;
  }

  static String of(Recording recording, int columns, boolean colour) {
    if (columns < NARROWEST) {
      throw new IllegalArgumentException(
          "columns must be at least " + NARROWEST + ", but was " + columns);
    }
    return new Gantt(recording, columns, colour).draw();
  }

  private String draw() {
    for (Row row : rows.subList(0, Math.min(rows.size(), MOST_ROWS))) {
      text.append(fitted(row)).append(' ');
      bar(cells(row));
      text.append('\n');
    }
    if (rows.size() > MOST_ROWS) {
      note("… and " + (rows.size() - MOST_ROWS) + " more tasks");
    }
    axis();
    note(LEGEND.length() <= columns ? LEGEND : SHORT_LEGEND);
    if (recording.dropped() > 0) {
      note(recording.lost());
    }
    return text.toString();
  }

  private static String label(Row row) {
    return " ".repeat(indent(row)) + Recording.printable(Recording.title(row.task));
  }

  private static int indent(Row row) {
    return Math.min(row.depth, 6);
  }

  /** Of a long path the end says the most. */
  private String fitted(Row row) {
    String label = label(row);
    if (Cells.width(label) <= labels) {
      return Cells.padded(label, labels);
    }
    String indent = " ".repeat(Math.min(indent(row), labels / 2));
    String end = Cells.end(label, labels - indent.length() - 1);
    return Cells.padded(indent + "…" + end, labels);
  }

  private void note(String words) {
    text.append(words.length() <= columns ? words : words.substring(0, columns)).append('\n');
  }

  /** What a row shows in each column: what the task did for the most of that time. */
  private char[] cells(Row row) {
    var cells = new char[width];
    Arrays.fill(cells, NOTHING);
    var longest = new double[width];
    for (Stretch stretch : row.stretches) {
      double from = column(stretch.from());
      double to = column(stretch.to());
      for (int cell = (int) from; cell < Math.min(width, Math.ceil(to)); cell++) {
        double share = Math.min(to, cell + 1) - Math.max(from, cell);
        if (share > longest[cell]) {
          longest[cell] = share;
          cells[cell] = mark(stretch.doing());
        }
      }
    }
    int last = Math.min(width - 1, Math.max((int) column(row.start), lastCell(row)));
    if (row.outcome == TaskState.FAILED) {
      cells[last] = FAILED;
    } else if (row.outcome == TaskState.CANCELLED) {
      cells[last] = CANCELLED;
    } else if (cells[last] == NOTHING) {
      cells[last] = RUNNING;
    }
    return cells;
  }

  private int lastCell(Row row) {
    return (int) Math.ceil(column(row.end)) - 1;
  }

  private double column(long at) {
    return (double) (at - recording.origin()) / recording.length() * width;
  }

  private static char mark(Doing doing) {
    return switch (doing) {
      case READY -> READY;
      case RUNNING -> RUNNING;
      case SLEEPING -> SLEEPING;
      case WAITING -> WAITING;
      case STOPPING -> STOPPING;
    };
  }

  private void bar(char[] cells) {
    int end = cells.length;
    while (end > 0 && cells[end - 1] == NOTHING) {
      end--;
    }
    String before = PLAIN;
    for (int i = 0; i < end; i++) {
      String paint = colour ? paint(cells[i]) : PLAIN;
      if (!paint.equals(before)) {
        text.append(before.equals(PLAIN) ? "" : PLAIN).append(paint.equals(PLAIN) ? "" : paint);
        before = paint;
      }
      text.append(cells[i]);
    }
    text.append(before.equals(PLAIN) ? "" : PLAIN);
  }

  private static String paint(char cell) {
    return switch (cell) {
      case RUNNING -> "\u001b[32m";
      case SLEEPING -> "\u001b[36m";
      case WAITING -> "\u001b[34m";
      case STOPPING -> "\u001b[33m";
      case FAILED -> "\u001b[31m";
      case CANCELLED -> "\u001b[33m";
      default -> PLAIN;
    };
  }

  /** Each mark's first digit stands above its moment; the last one's unit ends the line. */
  private void axis() {
    Axis axis = Axis.over(recording.length(), Math.max(1, width / 12));
    var line = new char[columns];
    Arrays.fill(line, ' ');
    var ruler = new char[columns];
    Arrays.fill(ruler, 0, labels + 1, ' ');
    Arrays.fill(ruler, labels + 1, columns, '─');
    for (Axis.Mark mark : axis.marks()) {
      int at = labels + 1 + (int) ((double) mark.at() / recording.length() * width);
      String words = mark.label() + " s";
      if (at < columns) {
        ruler[at] = mark.at() == 0 ? '└' : '┴';
      }
      int start = Math.min(at, columns - words.length());
      if (isFree(line, start - 1)) {
        words.getChars(0, words.length(), line, start);
      }
    }
    text.append(ruler).append('\n').append(new String(line).stripTrailing()).append('\n');
  }

  private static boolean isFree(char[] line, int from) {
    for (int i = Math.max(0, from); i < line.length; i++) {
      if (line[i] != ' ') {
        return false;
      }
    }
    return true;
  }
}
