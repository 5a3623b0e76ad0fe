package dev.tandem.samples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line on a real pseudo-terminal, which tmux serves. */
public final class Tmux implements AutoCloseable {

  private final Path socket;

  private Tmux(Path socket) {
    this.socket = socket;
  }

  /** A server of its own; without tmux the test is left out, except where nothing may be. */
  public static Tmux in(Path folder) throws IOException, InterruptedException {
    var tmux = new Tmux(folder.resolve("tmux"));
    try {
      tmux.command("-V");
    } catch (IOException missing) {
      if ("true".equals(System.getenv("CI"))) {
        fail("tmux is missing; install the package tmux");
      }
      abort("tmux is not installed, so there is no terminal to look at");
    }
    return tmux;
  }

  /** Starts the command line, which says {@code status N} when it has ended. */
  public void run(int columns, String environment, String arguments)
      throws IOException, InterruptedException {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String line =
        environment
            + " "
            + java
            + " -XX:TieredStopAtLevel=1 -Dstdout.encoding=UTF-8 -cp '"
            + classPath
            + "' dev.tandem.samples.cli.Main "
            + arguments
            + "; echo \"status $?\"; sleep 100";
    command("-u", "new-session", "-d", "-x", Integer.toString(columns), "-y", "60", line);
  }

  /** Ctrl+C. */
  public void interrupt() throws IOException, InterruptedException {
    command("send-keys", "C-c");
  }

  /** What stands on the screen, without colours. */
  public String screen() throws IOException, InterruptedException {
    return command("capture-pane", "-p");
  }

  /** What stands on the screen, with the codes of its colours. */
  public String colouredScreen() throws IOException, InterruptedException {
    return command("capture-pane", "-p", "-e");
  }

  @Override
  public void close() throws IOException {
    try {
      command("kill-server");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private String command(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return output;
  }
}
