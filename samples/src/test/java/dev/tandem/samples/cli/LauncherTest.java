package dev.tandem.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  @Test
  @Timeout(300) // four rehearsals and seven starts, on a machine that may be busy
  void start_afterTheJarWasMadeAnew_runsItWithoutAWordAndWithoutABuild() throws Exception {
    Path root = project();
    Result built = launch(root, "one");
    assertEquals(0, built.status(), built.toString());
    assertEquals(
        List.of(
            "tandem: building, which takes some minutes the first time",
            "tandem: building Tandem parent, 1 of 5",
            "tandem: building Tandem core, 2 of 5",
            "first one"),
        built.lines());
    assertEquals(new Result(0, List.of("first two")), launch(root, "two"));
    Path jar = root.resolve("samples/target/tandem.jar");
    Files.copy(folder.resolve("second.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
    assertEquals(new Result(0, List.of("second three")), launch(root, "three"));
    assertEquals(new Result(0, List.of("second four")), launch(root, "four"));
    assertTrue(Files.exists(root.resolve("samples/target/tandem.aot")));
    assertEquals(1, Files.readAllLines(root.resolve("builds")).size());
  }

  @Test
  @Timeout(120)
  void start_theStartUpCacheIsUnusable_runsWithoutAWord() throws Exception {
    Path root = project();
    launch(root, "one");
    Files.writeString(root.resolve("samples/target/tandem.aot"), "no cache");
    assertEquals(new Result(0, List.of("first two")), launch(root, "two"));
  }

  @Test
  @Timeout(120)
  void start_theBuildFails_showsWhatMavenSaidWithoutColours() throws Exception {
    Path root = project();
    Files.writeString(
        root.resolve("bin/mvn"),
        """
        #!/bin/sh
        echo '[INFO] Scanning for projects...'
        echo '[ERROR] A.java:[1,2] cannot find symbol'
        echo '  symbol: class B'
        echo '[INFO] BUILD FAILURE'
        printf '\\033[0m\\033[0m'
        exit 1
        """);
    assertEquals(
        new Result(
            1,
            List.of(
                "tandem: building, which takes some minutes the first time",
                "[ERROR] A.java:[1,2] cannot find symbol",
                "  symbol: class B",
                "tandem: the build failed; what Maven said is above.")),
        launch(root, "one"));
  }

  @Test
  void benchHelp_beforeAnythingIsBuilt_isAnsweredAtOnce() throws Exception {
    Path root = project();
    Result help = launch(root, "bench", "--help");
    assertEquals(0, help.status(), help.toString());
    assertEquals("Usage: tandem bench SUITE [--quick] [--json=FILE]", help.lines().getFirst());
    assertTrue(help.lines().contains("Suites: core, queues."), help.toString());
    assertFalse(Files.exists(root.resolve("builds")));
  }

  /** The launcher in a project of its own, whose Maven copies a jar that is there already. */
  private Path project() throws Exception {
    jar("first");
    jar("second");
    Path root = Files.createDirectories(folder.resolve("project"));
    for (String module : List.of("core", "http", "ssh", "samples", "benchmarks")) {
      Files.createDirectories(root.resolve(module));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    Files.copy(LAUNCHER, root.resolve("tandem"));
    Path maven = Files.createDirectories(root.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        echo '[INFO] Scanning for projects...'
        echo '[WARNING] of no interest'
        echo '[INFO] Building Tandem parent 0.1.0-SNAPSHOT                  [1/5]'
        printf '\\033[1m[INFO] Building Tandem core 0.1.0-SNAPSHOT          [2/5]\\033[0m\\n'
        mkdir -p '%s/samples/target'
        cp '%s' '%1$s/samples/target/tandem.jar'
        echo built >>'%1$s/builds'
        printf '\\033[0m\\033[0m'
        """
            .formatted(root, folder.resolve("first.jar")));
    assertTrue(maven.toFile().setExecutable(true));
    return root;
  }

  /** A command line that says its name and what it was asked. */
  private void jar(String name) throws IOException {
    Path sources = Files.createDirectories(folder.resolve(name));
    Path source =
        Files.writeString(
            sources.resolve("Main.java"),
            """
            package dev.tandem.samples.cli;
            class Main {
              public static void main(String[] arguments) {
                System.out.println("%s " + arguments[0]);
              }
            }
            """
                .formatted(name));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", sources.toString(), source.toString());
    assertEquals(0, compiled);
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name + ".jar")))) {
      String place = "dev/tandem/samples/cli/Main.class";
      jar.putNextEntry(new JarEntry(place));
      Files.copy(sources.resolve(place), jar);
    }
  }

  private Result launch(Path root, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("sh", root.resolve("tandem").toString()));
    command.addAll(List.of(arguments));
    return run(command, "");
  }

  private Result run(List<String> command, String input) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", folder.resolve("project/bin") + ":" + environment.get("PATH"));
    Process process = builder.start();
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    }
    List<String> lines = process.inputReader().lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Result(process.exitValue(), lines);
  }
}
