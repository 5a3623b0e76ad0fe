package dev.tandem.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.TaskGroup;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tandem ps} and {@code ./tandem tree}, of JVMs that are started here. */
@Timeout(120)
final class InspectCommandsTest {

  private static final String TESTS = place(AttachTarget.class);
  private static final String CORE = place(TaskGroup.class);

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final List<Process> started = new ArrayList<>();

  private record Result(int status, String out, String errors) {}

  @AfterEach
  void allEnded() throws Exception {
    for (Process process : started) {
      process.destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void tree_ofAJvmWithNothingSetUp_showsItsTasksAndWhoHoldsWhat() throws Exception {
    Process target = java("-cp", TESTS + File.pathSeparator + CORE, name(AttachTarget.class));
    Result result = tandem("tree", pid(target));
    assertEquals(
        """
        main  joins fleet (2 running)
        └─ fleet
           ├─ holder  waits for event (not set, 1 waiting)
           └─ waiter  waits for lock 'ledger' held by fleet/holder
        """,
        result.out(),
        result.errors());
    assertEquals(0, result.status());
  }

  @Test
  void ps_ofTheSameJvmTwice_showsOneTaskALine() throws Exception {
    Process target = java("-cp", TESTS + File.pathSeparator + CORE, name(AttachTarget.class));
    assertEquals(0, tandem("tree", pid(target)).status());
    List<String> lines = tandem("ps", pid(target)).out().lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.getFirst().startsWith("THREAD"), lines.toString());
    assertTrue(
        lines.getLast().endsWith("fleet/waiter  waits for lock 'ledger' held by fleet/holder"),
        lines.toString());
  }

  @Test
  void json_ofBothCommands_isJson() throws Exception {
    Process target = java("-cp", TESTS + File.pathSeparator + CORE, name(AttachTarget.class));
    JsonNode tree = json(tandem("tree", "--json", pid(target)));
    JsonNode waiter = tree.at("/roots/0/children/0/children/1");
    assertEquals("fleet/waiter", waiter.get("path").asString());
    assertEquals("ledger", waiter.at("/waitsFor/name").asString());
    assertEquals("fleet/holder", waiter.at("/waitsFor/holders/0").asString());
    JsonNode tasks = json(tandem("ps", "--json", "--limit", "2", pid(target)));
    assertEquals(1, tasks.get("tasks").size());
    assertEquals(2, tasks.get("leftOut").asInt());
  }

  @Test
  void tree_tandemInAnotherClassLoader_isFound() throws Exception {
    Process target = java("-cp", TESTS, name(IsolatedTarget.class), url(TESTS), url(CORE));
    Result result = tandem("tree", pid(target));
    assertTrue(result.out().contains("waits for lock 'ledger'"), result.toString());
  }

  @Test
  void tree_jvmWithoutTandem_saysSo() throws Exception {
    Process target = java("-cp", TESTS, name(PlainTarget.class));
    refused("process " + pid(target) + " does not use Tandem", "tree", pid(target));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void tree_processThatIsNoJvm_saysSoAndLeavesItAlone() throws Exception {
    Process target = start(List.of("sleep", "100"));
    refused("process " + pid(target) + " is not a JVM", "tree", pid(target));
    assertTrue(target.isAlive());
  }

  @Test
  void tree_noSuchProcess_saysSo() throws Exception {
    Process gone = java("-cp", TESTS, name(PlainTarget.class));
    gone.destroyForcibly().waitFor();
    refused("there is no process " + pid(gone), "ps", pid(gone));
  }

  @Test
  void tree_jvmThatTakesNoAgents_saysSo() throws Exception {
    Process target =
        java(
            "-XX:-EnableDynamicAgentLoading",
            "-cp",
            TESTS + File.pathSeparator + CORE,
            name(AttachTarget.class));
    refused("process " + pid(target) + " takes no agents", "tree", pid(target));
  }

  @Test
  void tree_jvmWithFilesOfItsOwn_isReachedAllTheSame() throws Exception {
    // As in a container; only root may try it out, and not everywhere.
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")));
    assumeTrue(start(List.of("unshare", "-m", "true")).waitFor() == 0);
    Process target =
        ready(
            "unshare",
            "-m",
            "sh",
            "-e",
            "-c",
            """
            mount -t tmpfs none /var/tmp
            cp -r "$1" /var/tmp/tests
            cp -r "$2" /var/tmp/core
            mount -t tmpfs none /tmp
            exec "$3" -cp /var/tmp/tests:/var/tmp/core "$4"
            """,
            "sh",
            TESTS,
            CORE,
            JAVA,
            name(AttachTarget.class));
    Result result = tandem("tree", pid(target));
    assertEquals(0, result.status(), result.errors());
    assertTrue(result.out().contains("waits for lock 'ledger'"), result.out());
    try (Stream<Path> left = Files.list(Path.of("/proc", pid(target), "root", "tmp"))) {
      assertEquals(List.of(), left.filter(file -> file.toString().contains("tandem-")).toList());
    }
  }

  @Test
  void tree_ownProcess_isRefused() throws Exception {
    long own = ProcessHandle.current().pid();
    refused("process " + own + " is this command itself", "tree", Long.toString(own));
  }

  @Test
  void tree_badArguments_areToldInOneSentence() throws Exception {
    refused("--limit must be at least 1, but was 0", "tree", "--limit", "0", "1");
    assertEquals(2, tandem("tree").status());
    Result noNumber = tandem("ps", "abc");
    assertEquals(2, noNumber.status());
    assertTrue(noNumber.errors().contains("'abc'"), noNumber.errors());
  }

  private static void refused(String sentence, String... arguments) {
    Result result = tandem(arguments);
    assertEquals(2, result.status(), result.toString());
    assertEquals("", result.out());
    assertEquals(1, result.errors().lines().count(), result.errors());
    assertTrue(result.errors().startsWith("tandem: " + sentence), result.errors());
  }

  private static Result tandem(String... arguments) {
    var out = new StringWriter();
    var errors = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
    int status = command.execute(arguments);
    return new Result(status, out.toString(), errors.toString());
  }

  private static JsonNode json(Result result) {
    assertEquals(0, result.status(), result.toString());
    return JsonMapper.shared().readTree(result.out());
  }

  /** A JVM that has said that it is ready. */
  private Process java(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(JAVA);
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments));
    return ready(command.toArray(String[]::new));
  }

  private Process ready(String... command) throws Exception {
    Process process = start(List.of(command));
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertEquals("ready", lines.readLine());
    return process;
  }

  private Process start(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    started.add(process);
    return process;
  }

  private static String pid(Process process) {
    return Long.toString(process.pid());
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  private static String url(String place) {
    return Path.of(place).toUri().toString();
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(URI.create(source.getLocation().toString())).toString();
  }
}
