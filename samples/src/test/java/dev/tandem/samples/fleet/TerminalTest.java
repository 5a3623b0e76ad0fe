package dev.tandem.samples.fleet;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The progress bar and Ctrl+C on a real pseudo-terminal, which tmux serves. */
final class TerminalTest {

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
  @Timeout(120)
  @ValueSource(ints = {80, 40})
  void fleet_onATerminal_drawsOneLineAndCtrlCEndsIt(int columns) throws Exception {
    tmux.run(
        columns,
        "TANDEM_COLUMNS=" + columns,
        "fleet --nodes 20 --delay 300ms --mode sequential --transport http");
    // That very screen: a later look may fall between two drawings.
    String screen = await().atMost(ofSeconds(50)).until(tmux::screen, s -> s.contains("2/20"));
    List<String> drawn = screen.lines().filter(line -> !line.isBlank()).toList();
    assertEquals(1, drawn.size(), drawn.toString());
    assertTrue(drawn.getFirst().startsWith("sequential ["), drawn.getFirst());
    assertTrue(drawn.getFirst().length() < columns, drawn.getFirst());
    tmux.interrupt();
    screen = await().atMost(ofSeconds(50)).until(tmux::screen, s -> s.contains("status 130"));
    assertTrue(screen.contains("of 20 done in "), screen);
    assertTrue(screen.contains("cancelled"), screen);
  }
}
