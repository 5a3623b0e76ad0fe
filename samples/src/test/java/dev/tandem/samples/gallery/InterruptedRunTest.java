package dev.tandem.samples.gallery;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.samples.fleet.Cli;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl+C in the middle of a run in real time. */
final class InterruptedRunTest {

  @TempDir private Path folder;

  @Test
  void run_inRealTimeInterrupted_cleansUpAndExitsWith130() throws Exception {
    try (var cli = Cli.start(folder, Map.of(), "run", "background-task", "--real")) {
      await().atMost(ofSeconds(50)).until(() -> cli.out().contains("[log] running at 0.0"));
      cli.interrupt();
      assertEquals(130, cli.status(), cli.err());
      assertTrue(cli.out().contains("[log] stopped at"), cli.out());
      assertTrue(cli.out().contains("the process was asked to end"), cli.out());
      assertFalse(cli.out().contains("main work done"), cli.out());
      assertEquals("", cli.err());
    }
  }
}
