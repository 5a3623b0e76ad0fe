package dev.tandem.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell script that finds a JDK, run by the shell. */
final class LauncherTest {

  private static final Path LAUNCHER = Path.of("..", "tandem").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private record Result(int status, List<String> lines) {}

  @Test
  void start_noJdkIsNewEnough_saysInOneSentenceWhatToInstall() throws Exception {
    Path script = folder.resolve("tandem");
    Files.writeString(
        script, Files.readString(LAUNCHER).replace("\nneeded=25.0.3\n", "\nneeded=99.0.0\n"));
    Result result = run(List.of("sh", script.toString()), "");
    assertEquals(1, result.status());
    assertEquals(1, result.lines().size(), result.lines().toString());
    assertTrue(
        result.lines().getFirst().startsWith("tandem: a JDK of version 99.0.0 or later is needed"),
        result.lines().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "25.0.3,yes",
    "25.0.4,yes",
    "25.1,yes",
    "26,yes",
    "26-ea,yes",
    "25.0.10,yes",
    "25,no",
    "25.0.2,no",
    "25.0.2.1,no",
    "24.9.9,no",
    "17.0.15,no",
    "1.8.0_392,no",
    "'',no"
  })
  void isEnough_ofEachVersion_isJudgedByNumbers(String version, String expected) throws Exception {
    String script = Files.readString(LAUNCHER);
    int begin = script.indexOf("# is_enough VERSION");
    int end = script.indexOf("\n}\n", begin) + 3;
    String test =
        "set -eu\nneeded=25.0.3\n"
            + script.substring(begin, end)
            + "if is_enough '"
            + version
            + "'; then echo yes; else echo no; fi\n";
    assertEquals(new Result(0, List.of(expected)), run(List.of("sh"), test));
  }

  private Result run(List<String> command, String input) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    }
    List<String> lines = process.inputReader().lines().toList();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return new Result(process.exitValue(), lines);
  }
}
