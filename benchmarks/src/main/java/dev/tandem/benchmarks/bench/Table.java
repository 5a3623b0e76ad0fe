package dev.tandem.benchmarks.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as people read them. */
final class Table {

  private static final List<String> HEAD = List.of("work", "peer", "ratio", "goal", "met");

  private Table() {}

  /** A line for each bar; a work is named where it first stands. */
  static List<String> of(List<Result> results) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    String above = "";
    for (Result result : results) {
      String work = result.bar().work().name();
      rows.add(
          List.of(
              work.equals(above) ? "" : work,
              result.bar().peer(),
              number(result.ratio()),
              number(result.bar().goal()),
              verdict(result)));
      above = work;
    }
    return aligned(rows);
  }

  /** What stands behind the ratios: for each work, what each contender needed. */
  static List<String> amounts(List<Result> results, Figures figures) {
    var lines = new ArrayList<String>();
    for (Work work : results.stream().map(result -> result.bar().work()).distinct().toList()) {
      List<String> amounts =
          figures.contenders(work).stream()
              .map(who -> who + " " + work.format(figures.amount(work, who)))
              .toList();
      if (!amounts.isEmpty()) {
        lines.add(work.name() + ": " + String.join(", ", amounts));
      }
    }
    return lines;
  }

  private static String verdict(Result result) {
    if (result.missing() != null) {
      return result.missing();
    }
    Boolean met = result.met();
    if (met == null) {
      return "-";
    }
    return met ? "yes" : "no";
  }

  /** Three digits that count, whatever the size. */
  private static String number(@Nullable Double number) {
    if (number == null) {
      return "-";
    }
    int digits = number <= 0 ? 2 : 2 - (int) Math.floor(Math.log10(number));
    return String.format(Locale.ROOT, "%." + Math.clamp(digits, 0, 6) + "f", number);
  }

  private static List<String> aligned(List<List<String>> rows) {
    var widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      Arrays.setAll(widths, column -> Math.max(widths[column], row.get(column).length()));
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).repeat(' ', widths[column] + 2 - cell.length());
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
