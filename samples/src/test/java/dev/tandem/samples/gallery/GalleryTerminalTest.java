package dev.tandem.samples.gallery;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.samples.fleet.Tmux;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart and Ctrl+C on a real pseudo-terminal. */
final class GalleryTerminalTest {

  @TempDir private Path folder;

  private Tmux tmux;

  @BeforeEach
  void openTheTerminal() throws Exception {
    tmux = Tmux.in(folder);
  }

  @AfterEach
  void closeTheTerminal() throws Exception {
    tmux.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 40})
  void gantt_onATerminal_isColouredAndNotWrapped(int columns) throws Exception {
    tmux.run(columns, "NO_COLOR= TANDEM_OUT_COLUMNS=" + columns, "run lock --gantt");
    String screen = await().atMost(ofSeconds(50)).until(tmux::screen, s -> s.contains("status 0"));
    assertEquals(3, screen.lines().filter(line -> line.startsWith(" item#")).count(), screen);
    assertEquals(1, screen.lines().filter(line -> line.contains("└")).count(), screen);
    assertTrue(tmux.colouredScreen().contains("\u001b["), screen);
  }

  @Test
  void run_inRealTime_isEndedByCtrlC() throws Exception {
    tmux.run(80, "TANDEM_OUT_COLUMNS=80", "run background-task --real");
    await().atMost(ofSeconds(50)).until(tmux::screen, s -> s.contains("[log] running at 0."));
    tmux.interrupt();
    String screen = await().atMost(ofSeconds(50)).until(tmux::screen, s -> s.contains("status "));
    assertTrue(screen.contains("[log] stopped at "), screen);
    assertTrue(screen.contains("status 130"), screen);
  }
}
