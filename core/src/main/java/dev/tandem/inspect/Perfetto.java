package dev.tandem.inspect;

import dev.tandem.inspect.Row.Stay;
import dev.tandem.inspect.Row.Waited;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recording in Chrome's trace format: an array of events, with times in microseconds. A task is a
 * thread of the one process, and has a slice for itself; inside that, slices for its scopes and its
 * waits, which nest because the task's own do.
 */
final class Perfetto {

  private static final int PROCESS = 1;

  /** Of slices that begin at once a viewer takes the first for the outermost. */
  private static final Comparator<Stay> OUTERMOST_FIRST =
      Comparator.comparingLong(Stay::from)
          .thenComparing(Comparator.comparingLong(Stay::to).reversed())
          .thenComparingLong(stay -> stay.scope().id());

  private final Recording recording;
  private final StringBuilder json = new StringBuilder();

  private Perfetto(Recording recording) {
    this.recording = recording;
  }

  static String of(Recording recording) {
    return new Perfetto(recording).write();
  }

  private String write() {
    json.append("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n");
    event("M", 0, "process_name").append(",\"args\":{\"name\":\"Tandem\"}}");
    List<Row> rows = Chart.rows(recording);
    for (int i = 0; i < rows.size(); i++) {
      row(rows.get(i), i + 1);
    }
    json.append("\n],\"otherData\":{\"dropped\":\"").append(recording.dropped()).append("\"}}\n");
    return json.toString();
  }

  private void row(Row row, int track) {
    next("M", track, "thread_name");
    args(Map.of("name", Recording.path(row.task)));
    next("M", track, "thread_sort_index").append(",\"args\":{\"sort_index\":");
    json.append(track).append("}}");

    var about = new TreeMap<String, String>();
    about.put("path", Recording.path(row.task));
    about.put(
        "end", row.outcome == null ? "none yet" : row.outcome.name().toLowerCase(Locale.ROOT));
    if (!row.thrown.isEmpty()) {
      about.put("thrown", row.thrown);
    }
    slice(track, "task", Recording.title(row.task), row.start, row.end, about);
    List<Stay> stays = new ArrayList<>(row.stays);
    stays.sort(OUTERMOST_FIRST);
    for (Stay stay : stays) {
      ObservedScope scope = stay.scope();
      String kind = scope.kind().name().toLowerCase(Locale.ROOT);
      slice(track, "scope", kind, stay.from(), stay.to(), Map.of("path", scope.path()));
    }
    for (Waited waited : row.waits) {
      String end = waited.end() == null ? "none yet" : waited.end().name().toLowerCase(Locale.ROOT);
      String name = "waits for " + waited.resource();
      slice(track, "wait", name, waited.from(), waited.to(), Map.of("end", end));
    }
    for (Moment.CancelAsked asked : row.cancels) {
      next("i", track, "cancel asked").append(",\"cat\":\"cancel\",\"s\":\"t\",\"ts\":");
      time(asked.at() - recording.origin());
      String scope = asked.scope().kind().name().toLowerCase(Locale.ROOT);
      args(new TreeMap<>(Map.of("scope", scope + " " + asked.scope().path(), "why", asked.why())));
    }
  }

  private void slice(
      int track, String category, String name, long from, long to, Map<String, String> about) {
    next("X", track, name).append(",\"cat\":\"").append(category).append("\",\"ts\":");
    time(from - recording.origin());
    json.append(",\"dur\":");
    time(to - from);
    args(about);
  }

  private StringBuilder next(String phase, int track, String name) {
    json.append(",\n");
    return event(phase, track, name);
  }

  private StringBuilder event(String phase, int track, String name) {
    json.append("{\"ph\":\"").append(phase).append("\",\"pid\":").append(PROCESS);
    json.append(",\"tid\":").append(track).append(",\"name\":");
    return quoted(name);
  }

  /** Ends the event. */
  private void args(Map<String, String> about) {
    json.append(",\"args\":{");
    String comma = "";
    for (Map.Entry<String, String> entry : about.entrySet()) {
      json.append(comma).append('"').append(entry.getKey()).append("\":");
      quoted(entry.getValue());
      comma = ",";
    }
    json.append("}}");
  }

  /** Microseconds, to the nanosecond. */
  private void time(long nanos) {
    json.append(nanos / 1_000)
        .append('.')
        .append(String.format(Locale.ROOT, "%03d", Math.floorMod(nanos, 1_000)));
  }

  private StringBuilder quoted(String words) {
    json.append('"');
    for (int i = 0; i < words.length(); i++) {
      char letter = words.charAt(i);
      if (letter == '"' || letter == '\\') {
        json.append('\\').append(letter);
      } else if (letter < 0x20 || Character.isSurrogate(letter)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
      } else {
        json.append(letter);
      }
    }
    return json.append('"');
  }
}
