package dev.tandem.samples.fleet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A picture of a fleet run: a row for each target, a bar for the time it took. */
final class Timeline {

  private static final int WIDTH = 960;
  private static final int LEFT = 150;
  private static final int RIGHT = 24;
  private static final int HEAD = 52;
  private static final int GAP = 34;
  private static final double ROW = 5;
  private static final int TICKS = 8;

  /** Plain colours first: not every viewer knows variables or dark mode. */
  private static final String STYLE =
      """
      text { font: 12px system-ui, sans-serif; fill: #1f2933; }
      .soft { fill: #7b8794; } .title { font-size: 16px; font-weight: 600; }
      .rule { stroke: #e4e7eb; } .paper { fill: #ffffff; }
      .http { fill: #2f7dc1; } .ssh { fill: #2a9d6f; } .failed { fill: #d64545; }
      .timedOut { fill: #e8a33d; } .cancelled { fill: #9aa5b1; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e4e7eb; } .soft { fill: #9aa5b1; }
        .rule { stroke: #323f4b; } .paper { fill: #1f2933; }
      }
      """;

  private final List<Round> rounds;
  private final double seconds;
  private final XMLStreamWriter svg;

  private Timeline(List<Round> rounds, XMLStreamWriter svg) {
    this.rounds = rounds;
    this.svg = svg;
    this.seconds = Math.max(0.001, rounds.stream().mapToDouble(Round::seconds).max().orElse(0));
  }

  /** The rounds below each other, on one scale. */
  static byte[] svg(Report report) {
    var bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer =
          XMLOutputFactory.newInstance()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      new Timeline(report.rounds(), writer).draw(report);
      writer.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private void draw(Report report) throws XMLStreamException {
    int height = HEAD + rounds.stream().mapToInt(r -> (int) (r.results().size() * ROW) + GAP).sum();
    svg.writeStartDocument("UTF-8", "1.0");
    svg.writeStartElement("svg");
    svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
    attributes("viewBox", "0 0 " + WIDTH + " " + height, "width", WIDTH, "height", height);
    element("style", STYLE);
    empty("rect", "class", "paper", "width", WIDTH, "height", height);
    String ratio =
        report
            .speedup()
            .map(value -> String.format(Locale.ROOT, ", together %.1f times faster", value))
            .orElse("");
    text(LEFT, 24, "title", "start", heading(report) + ratio);
    legend(42);
    double top = HEAD;
    for (Round round : rounds) {
      double bottom = top + round.results().size() * ROW;
      text(LEFT - 12, top + 12, "", "end", round.name());
      text(
          LEFT - 12,
          top + 28,
          "soft",
          "end",
          String.format(Locale.ROOT, "%.2f s", round.seconds()));
      axis(top, bottom);
      for (int i = 0; i < round.results().size(); i++) {
        bar(round.results().get(i), top + i * ROW);
      }
      top = bottom + GAP;
    }
    svg.writeEndElement();
    svg.writeEndDocument();
  }

  private static String heading(Report report) {
    String how = report.transport().equals("both") ? "http and ssh" : report.transport();
    return report.nodes() + " hosts by " + how;
  }

  private void legend(double y) throws XMLStreamException {
    double x = LEFT;
    for (String word : List.of("http", "ssh", "failed", "timedOut", "cancelled")) {
      empty("rect", "class", word, "x", number(x), "y", number(y - 8), "width", 10, "height", 8);
      String label = word.equals("timedOut") ? "timed out" : word;
      text(x + 15, y, "soft", "start", label);
      x += 30 + 7 * label.length();
    }
  }

  private void axis(double top, double bottom) throws XMLStreamException {
    double step = step();
    for (double at = 0; at <= seconds; at += step) {
      String x = number(x(at));
      empty("line", "class", "rule", "x1", x, "x2", x, "y1", number(top), "y2", number(bottom + 4));
      String label = String.format(Locale.ROOT, step < 1 ? "%.1f s" : "%.0f s", at);
      text(x(at), bottom + 18, "soft", "middle", label);
    }
  }

  private void bar(HostResult result, double y) throws XMLStreamException {
    String kind = result.status() == Status.OK ? result.transport().word() : result.status().word();
    svg.writeStartElement("rect");
    attributes(
        "class", kind,
        "x", number(x(result.start())),
        "y", number(y),
        "width", number(Math.max(1, x(result.seconds()) - LEFT)),
        "height", number(ROW - 1));
    String reason = result.error().isEmpty() ? "" : " - " + result.error();
    element(
        "title",
        String.format(
            Locale.ROOT,
            "%s (%s) %s, %.3f s%s",
            result.host(),
            result.transport().word(),
            result.status().word(),
            result.seconds(),
            reason));
    svg.writeEndElement();
  }

  /** A round number of seconds that makes about {@link #TICKS} ticks. */
  private double step() {
    double rough = seconds / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 5, 10}) {
      if (rough <= factor * power) {
        return Math.max(0.1, factor * power);
      }
    }
    return rough;
  }

  private double x(double second) {
    return LEFT + second / seconds * (WIDTH - LEFT - RIGHT);
  }

  private void text(double x, double y, String style, String anchor, String content)
      throws XMLStreamException {
    svg.writeStartElement("text");
    attributes("x", number(x), "y", number(y), "class", style, "text-anchor", anchor);
    svg.writeCharacters(content);
    svg.writeEndElement();
  }

  private void element(String name, String content) throws XMLStreamException {
    svg.writeStartElement(name);
    svg.writeCharacters(content);
    svg.writeEndElement();
  }

  private void empty(String name, Object... namesAndValues) throws XMLStreamException {
    svg.writeEmptyElement(name);
    attributes(namesAndValues);
  }

  private void attributes(Object... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      svg.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
