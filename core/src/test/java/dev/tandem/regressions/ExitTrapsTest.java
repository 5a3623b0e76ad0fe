package dev.tandem.regressions;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A trap at the end of the process, which must be a process of its own. */
final class ExitTrapsTest {

  // ox#368: the exit waited for the program, and the program for the exit.
  @Test
  void exit_calledByATask_endsTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                placeOf(Tandem.class) + File.pathSeparator + placeOf(ExitTrapsTest.class),
                Exiting.class.getName())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(50, TimeUnit.SECONDS), "the process does not end");
      assertEquals(3, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** One task waits; the other has had enough. */
  static final class Exiting {
    public static void main(String[] args) throws Exception {
      Tandem.run(
          group -> {
            group.start(() -> sleep(ofDays(1)));
            group.start(() -> System.exit(3));
          });
    }
  }
}
