package dev.tandem.samples.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a fleet run came to.
 *
 * @param nodes how many hosts were to be visited
 * @param transport {@code http}, {@code ssh} or {@code both}
 * @param limit how many at once; 0 for no limit
 * @param rounds the rounds in the order in which they ran
 */
record Report(int nodes, String transport, int limit, List<Round> rounds) {

  private static final int ERROR_COLUMNS = 160;

  /** The results that count: those of the last round. */
  List<HostResult> results() {
    return rounds.getLast().results();
  }

  boolean allReached() {
    return rounds.stream().allMatch(round -> round.count(Status.OK) == round.results().size());
  }

  /**
   * How many times faster together than one by one; empty unless both rounds were finished and
   * reached something.
   */
  Optional<Double> speedup() {
    if (rounds.size() < 2
        || !rounds.stream().allMatch(round -> round.isComplete() && round.count(Status.OK) > 0)) {
      return Optional.empty();
    }
    return Optional.of(rounds.getFirst().seconds() / rounds.getLast().seconds());
  }

  /** One JSON object on one line. */
  String toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("nodes", nodes);
    root.put("transport", transport);
    if (limit > 0) {
      root.put("limit", limit);
    } else {
      root.putNull("limit");
    }
    for (String name : List.of("sequential", "concurrent")) {
      Optional<Round> found = rounds.stream().filter(r -> r.name().equals(name)).findFirst();
      if (found.isEmpty()) {
        root.putNull(name);
        continue;
      }
      Round round = found.get();
      ObjectNode node = root.putObject(name);
      node.put("seconds", rounded(round.seconds()));
      node.put("ok", round.count(Status.OK));
      node.put("failed", round.count(Status.FAILED));
      node.put("timedOut", round.count(Status.TIMED_OUT));
      node.put("cancelled", round.count(Status.CANCELLED));
    }
    speedup()
        .ifPresentOrElse(
            ratio -> root.put("speedup", rounded(ratio)), () -> root.putNull("speedup"));
    var list = root.putArray("results");
    for (HostResult result : results()) {
      ObjectNode node = list.addObject();
      node.put("host", result.host());
      node.put("transport", result.transport().word());
      node.put("status", result.status().word());
      node.put("seconds", rounded(result.seconds()));
      if (result.status() == Status.OK) {
        node.put("bytes", result.bytes());
      } else {
        node.put("error", result.error());
      }
    }
    return JsonMapper.shared().writeValueAsString(root);
  }

  /** A table for people. */
  List<String> toLines() {
    int width = results().stream().mapToInt(r -> r.host().length()).max().orElse(4);
    String row = "%-" + Math.max(4, width) + "s  %-9s  %-9s  %8s  %s";
    var lines = new ArrayList<String>();
    lines.add(line(row, "HOST", "TRANSPORT", "STATUS", "SECONDS", "BYTES OR REASON"));
    for (HostResult result : results()) {
      lines.add(
          line(
              row,
              result.host(),
              result.transport().word(),
              result.status().word(),
              String.format(Locale.ROOT, "%.3f", result.seconds()),
              result.status() == Status.OK ? result.bytes() : shortened(result.error())));
    }
    lines.add("");
    row = "%-10s  %8s  %5s  %6s  %9s  %9s";
    lines.add(line(row, "ROUND", "SECONDS", "OK", "FAILED", "TIMED OUT", "CANCELLED"));
    for (Round round : rounds) {
      lines.add(
          line(
              row,
              round.name(),
              String.format(Locale.ROOT, "%.2f", round.seconds()),
              round.count(Status.OK),
              round.count(Status.FAILED),
              round.count(Status.TIMED_OUT),
              round.count(Status.CANCELLED)));
    }
    var summary = new ArrayList<String>();
    speedup()
        .ifPresent(
            ratio -> summary.add(line("Together %.1f times faster than one by one.", ratio)));
    long bad = rounds.getLast().count(Status.FAILED) + rounds.getLast().count(Status.TIMED_OUT);
    if (bad > 0) {
      summary.add(bad + " of " + results().size() + " failed.");
    }
    if (!summary.isEmpty()) {
      lines.add("");
      lines.add(String.join(" ", summary));
    }
    return lines;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing();
  }

  private static String shortened(String text) {
    return text.length() <= ERROR_COLUMNS ? text : text.substring(0, ERROR_COLUMNS - 1) + "…";
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
