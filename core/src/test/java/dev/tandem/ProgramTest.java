package dev.tandem;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A program in a process of its own, because it is the end of the process that counts. */
final class ProgramTest {

  @Test
  void run_askedToEndAfterTheBodyReturned_theTasksStillCleanUp() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                placeOf(Tandem.class) + File.pathSeparator + placeOf(ProgramTest.class),
                Cleaning.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertEquals("running", out.readLine());
      // Unlike destroy(), this leaves the output open.
      process.toHandle().destroy();
      assertEquals("cleaned up", out.readLine());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Its body returns at once; a task goes on. */
  static final class Cleaning {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          group -> {
            group.start(
                () -> {
                  try {
                    System.out.println("running");
                    sleep(ofDays(1));
                  } finally {
                    shield(
                        () -> {
                          sleep(ofMillis(300));
                          System.out.println("cleaned up");
                        });
                  }
                });
          });
    }
  }
}
