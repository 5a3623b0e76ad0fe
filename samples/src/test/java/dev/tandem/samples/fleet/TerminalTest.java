package dev.tandem.samples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The progress bar and Ctrl+C on a real pseudo-terminal, which tmux serves. */
final class TerminalTest {

  @TempDir private Path folder;

  @BeforeEach
  void needsTmux() throws Exception {
    try {
      tmux("-V");
    } catch (IOException missing) {
      if ("true".equals(System.getenv("CI"))) {
        fail("tmux is missing; install the package tmux");
      }
      abort("tmux is not installed, so there is no terminal to look at");
    }
  }

  @AfterEach
  void endTheServer() throws Exception {
    tmux("kill-server");
  }

  @ParameterizedTest
  @Timeout(120)
  @ValueSource(ints = {80, 40})
  void fleet_onATerminal_drawsOneLineAndCtrlCEndsIt(int columns) throws Exception {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String command =
        "TANDEM_COLUMNS=%d %s -XX:TieredStopAtLevel=1 -cp '%s' dev.tandem.samples.cli.Main"
            .formatted(columns, java, classPath);
    tmux(
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        "60",
        command
            + " fleet --nodes 20 --delay 300ms --mode sequential --transport http;"
            + " echo \"status $?\"; sleep 100");
    // That very screen: a later look may fall between two drawings.
    String screen = await().atMost(ofSeconds(50)).until(this::screen, s -> s.contains("2/20"));
    List<String> drawn = screen.lines().filter(line -> !line.isBlank()).toList();
    assertEquals(1, drawn.size(), drawn.toString());
    assertTrue(drawn.getFirst().startsWith("sequential ["), drawn.getFirst());
    assertTrue(drawn.getFirst().length() < columns, drawn.getFirst());
    tmux("send-keys", "C-c");
    screen = await().atMost(ofSeconds(50)).until(this::screen, s -> s.contains("status 130"));
    assertTrue(screen.contains("of 20 done in "), screen);
    assertTrue(screen.contains("cancelled"), screen);
  }

  private String screen() throws Exception {
    return tmux("capture-pane", "-p");
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("tmux", "-S", folder + "/tmux"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return output;
  }
}
