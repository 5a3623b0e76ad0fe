package dev.tandem.samples.gallery;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tandem.inspect.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is to be shown: what its tasks did, when. */
final class Views {

  private static final int EVENTS = 1_000_000;
  private static final int COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 30;

  @Option(names = "--trace", description = "Then a line for each thing that a task did.")
  private boolean trace;

  @Option(names = "--gantt", description = "Then a chart of what each task did, when.")
  private boolean gantt;

  @Option(names = "--svg", paramLabel = "FILE", description = "The chart as a picture.")
  private @Nullable Path svg;

  @Option(
      names = "--perfetto",
      paramLabel = "FILE",
      description = "A trace for ui.perfetto.dev and others.")
  private @Nullable Path perfetto;

  Views() {}

  boolean areWanted() {
    return trace || gantt || svg != null || perfetto != null;
  }

  /** What is wrong with the files, in a sentence; empty when they can be written. */
  Optional<String> problem() {
    return problem("--svg", svg).or(() -> problem("--perfetto", perfetto));
  }

  Timeline timeline() {
    return Timeline.ofAtMost(EVENTS);
  }

  /** Shows a run, for a terminal as the environment describes it. */
  void show(Timeline timeline, Map<String, String> environment) throws IOException {
    if (trace) {
      IO.println();
      timeline.lines().forEach(IO::println);
    }
    if (gantt) {
      IO.println();
      int columns = columns(environment);
      IO.print(
          isColourful(environment) ? timeline.ganttInColour(columns) : timeline.gantt(columns));
    }
    if (svg != null) {
      Files.writeString(svg, timeline.svg());
    }
    if (perfetto != null) {
      Files.writeString(perfetto, timeline.perfetto());
    }
  }

  /** The launcher says how wide the terminal is, if standard output is one. */
  private static int columns(Map<String, String> environment) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("TANDEM_OUT_COLUMNS", "").strip());
      return columns < 1 ? COLUMNS : Math.max(columns, FEWEST_COLUMNS);
    } catch (NumberFormatException unknown) {
      return COLUMNS;
    }
  }

  private static boolean isColourful(Map<String, String> environment) {
    return environment.containsKey("TANDEM_OUT_COLUMNS")
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  private static Optional<String> problem(String option, @Nullable Path file) {
    if (file == null) {
      return Optional.empty();
    }
    if (file.toString().isBlank()) {
      return Optional.of(option + " needs the name of a file.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      return Optional.of(option + " " + file + " is a directory; give the name of a file.");
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of(option + " " + file + ": there is no directory " + folder + ".");
    }
    boolean isNew = Files.notExists(file);
    try (var _ = Files.newByteChannel(file, CREATE, WRITE)) {
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(option + " " + file + " cannot be written; choose another place.");
    } finally {
      if (isNew) {
        deleteIfThere(file);
      }
    }
  }

  private static void deleteIfThere(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      // It is empty, and about to be written.
    }
  }
}
