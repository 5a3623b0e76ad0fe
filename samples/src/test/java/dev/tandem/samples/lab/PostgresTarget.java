package dev.tandem.samples.lab;

import dev.tandem.Tandem;
import java.nio.file.Path;
import java.time.Duration;

/** A program that has a PostgreSQL until it is ended. */
public final class PostgresTarget {

  private PostgresTarget() {}

  /** The argument is the place of its folder. */
  public static void main(String[] arguments) throws Exception {
    Tandem.run(
        group -> {
          try (var postgres = PostgresLab.startIn(Path.of(arguments[0]))) {
            IO.println(postgres.url());
            Tandem.sleep(Duration.ofHours(1));
          }
        });
  }
}
