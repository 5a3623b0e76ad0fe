package dev.tandem.benchmarks.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that measures itself and prints one JSON object with a number for each name it was
 * asked for. One that cannot be measured here says why in the last line on standard error and ends
 * with {@link #SKIPPED}.
 *
 * @param names the works, by the names under which the process prints them
 * @param input what the process reads on standard input
 */
record ProcessProbe(
    String contender,
    Map<String, Work> names,
    List<String> command,
    String input,
    Duration estimate)
    implements Probe {

  /** The exit status of a process that has a reason not to measure. */
  static final int SKIPPED = 77;

  @Override
  public List<Work> works() {
    return List.copyOf(names.values());
  }

  @Override
  public Map<Work, Double> measure() throws NoFigureException, InterruptedException {
    try {
      Path errors = Files.createTempFile("tandem-bench", ".txt");
      try {
        return measure(errors);
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException | JacksonException unexpected) {
      throw new NoFigureException("failed: " + unexpected.getMessage());
    }
  }

  private Map<Work, Double> measure(Path errors)
      throws IOException, NoFigureException, InterruptedException {
    Process process = start(errors);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedWithoutReading) {
      // Its exit status says more.
    }
    try (InputStream stdout = process.getInputStream()) {
      String printed = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new NoFigureException(
            (status == SKIPPED ? "skipped: " : "failed: ") + lastLine(errors, status));
      }
      return amounts(printed);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Path errors) throws NoFigureException {
    try {
      return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException notThere) {
      throw new NoFigureException("skipped: no " + command.getFirst());
    }
  }

  private Map<Work, Double> amounts(String printed) throws NoFigureException {
    JsonNode figures = JsonMapper.shared().readTree(printed);
    var amounts = new HashMap<Work, Double>();
    for (Map.Entry<String, Work> name : names.entrySet()) {
      JsonNode figure = figures.get(name.getKey());
      if (figure == null || !figure.isNumber()) {
        throw new NoFigureException("failed: printed no figure called " + name.getKey());
      }
      amounts.put(name.getValue(), figure.asDouble());
    }
    return amounts;
  }

  private static String lastLine(Path errors, int status) {
    try {
      List<String> lines = Files.readAllLines(errors);
      return lines.isEmpty() ? "exit status " + status : lines.getLast();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
