package dev.tandem.benchmarks.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same works in Python, by a script that the interpreter reads from standard input. */
final class Asyncio {

  static final String NAME = "asyncio";

  private static final String SCRIPT = read("asyncio.py");
  private static final Duration STARTING = Duration.ofMillis(300);

  private Asyncio() {}

  /** A work that is repeated for as long as the tempo says. */
  static Probe repeating(String scenario, Work work, Tempo tempo) {
    Duration time = tempo.working();
    return probe(
        Map.of("time", work),
        time.plus(STARTING),
        scenario,
        Double.toString(time.toMillis() / 1e3));
  }

  /** A work that is done once, with an argument. */
  static Probe once(String scenario, int argument, Map<String, Work> names, Duration estimate) {
    return probe(names, estimate, scenario, Integer.toString(argument));
  }

  private static Probe probe(Map<String, Work> names, Duration estimate, String... arguments) {
    var command = new ArrayList<>(List.of("python3", "-"));
    command.addAll(List.of(arguments));
    return new ProcessProbe(NAME, names, command, SCRIPT, estimate);
  }

  private static String read(String resource) {
    try (InputStream stream = Asyncio.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
