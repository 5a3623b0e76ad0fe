package dev.tandem.samples.gallery;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A run whose output is kept.
 *
 * @param output what the sample printed
 * @param took how long it took on the clock of its stage
 */
public record Rehearsal(String output, Duration took) {

  /** Runs an exhibit on its own stage. One at a time: standard output is taken meanwhile. */
  public static Rehearsal of(Exhibit exhibit) throws Exception {
    return of(exhibit, Stage.of(exhibit));
  }

  /** Runs an exhibit in the lab. */
  static Rehearsal inLab(Exhibit exhibit) throws Exception {
    return of(exhibit.inLab(), new Stage(true, null, null));
  }

  static Rehearsal of(Exhibit exhibit, Stage stage) throws Exception {
    return of(exhibit.sample(), stage);
  }

  private static Rehearsal of(Sample sample, Stage stage) throws Exception {
    PrintStream before = System.out;
    var kept = new ByteArrayOutputStream();
    try (var output = new PrintStream(kept, false, StandardCharsets.UTF_8)) {
      System.setOut(output);
      Duration took = stage.perform(sample);
      output.flush();
      return new Rehearsal(kept.toString(StandardCharsets.UTF_8), took);
    } finally {
      System.setOut(before);
    }
  }

  /** Where the output differs first from what it should be; empty when it does not. */
  Optional<String> difference(Exhibit exhibit) throws Exception {
    return Expectation.of(exhibit.expected()).difference(output);
  }
}
