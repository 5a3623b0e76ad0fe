package dev.tandem.samples.gallery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A sample with what the gallery says of it.
 *
 * @param id what it is called on the command line
 * @param title what it shows, in a few words
 * @param lessons the lessons that teach it, by their letters
 * @param runsOn which time it runs on
 * @param sample the code
 */
public record Exhibit(String id, String title, String lessons, RunsOn runsOn, Sample sample) {

  /** The source, as it was compiled. */
  public String source() throws IOException {
    return beside(".java");
  }

  /** What it prints; {@code <number>} stands for a figure that depends on the machine. */
  public String expected() throws IOException {
    return beside(".out");
  }

  /** The option that runs it in the lab; empty when there is none. */
  public Optional<String> labOption() {
    return sample instanceof LabSample lab ? Optional.of(lab.option()) : Optional.empty();
  }

  /** What runs in the lab. */
  Sample inLab() {
    if (sample instanceof LabSample lab) {
      return lab::runInLab;
    }
    throw new IllegalStateException(id + " does not run in the lab");
  }

  /** The file of the source, from the root of the source folder. */
  public String sourcePath() {
    return sample.getClass().getName().replace('.', '/') + ".java";
  }

  private String beside(String ending) throws IOException {
    String name = "/gallery/" + sample.getClass().getName().replace('.', '/') + ending;
    try (InputStream file = Exhibit.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("the gallery lacks " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
