package dev.tandem.samples.fleet;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job as its users have it: a process, its output and its exit status. */
@Timeout(300) // up to five processes, one after the other, on a machine that may be busy
final class FleetProcessTest {

  /** Longer than a part of a name may be, so that no name server needs to be asked. */
  private static final String NO_NAME = "x".repeat(64) + ".invalid";

  @TempDir private Path folder;

  @Test
  void fleet_smallLab_reachesEverythingAndIsFasterTogether() throws Exception {
    Path configurations = folder.resolve("configurations");
    Path picture = folder.resolve("timeline.svg");
    try (Cli cli =
        start(
            "fleet",
            "--nodes=6",
            "--delay=200ms",
            "--json",
            "--out=" + configurations,
            "--timeline=" + picture)) {
      assertEquals(0, cli.status(), cli.err());
      assertEquals(1, cli.out().lines().count());
      JsonNode json = JsonMapper.shared().readTree(cli.out());
      assertEquals(6, json.get("nodes").intValue());
      assertEquals(12, json.at("/sequential/ok").intValue());
      assertEquals(12, json.at("/concurrent/ok").intValue());
      assertEquals(12, json.get("results").size());
      assertEquals("ise-01", json.at("/results/0/host").stringValue());
      assertEquals("ssh", json.at("/results/11/transport").stringValue());
      // How much faster depends on what else the machine does.
      assertTrue(json.get("speedup").doubleValue() > 1, cli.out());
      assertTrue(cli.err().contains("sequential: 12 of 12 done in "), cli.err());
    }
    assertEquals(
        List.of("ios-01.cfg", "ios-02.cfg", "ios-03.cfg", "ios-04.cfg", "ios-05.cfg", "ios-06.cfg"),
        names(configurations));
    assertTrue(Files.readString(configurations.resolve("ios-03.cfg")).endsWith("\nend\n"));
    assertTrue(Files.readString(picture).startsWith("<?xml"));
  }

  @Test
  void fleet_underALimit_saysSoInTheReport() throws Exception {
    try (Cli cli =
        start(
            "fleet",
            "--nodes=6",
            "--delay=600ms",
            "--limit=2",
            "--mode=concurrent",
            "--json",
            "--transport=both")) {
      assertEquals(0, cli.status(), cli.err());
      JsonNode json = JsonMapper.shared().readTree(cli.out());
      assertEquals(2, json.get("limit").intValue());
      assertTrue(json.at("/concurrent/seconds").doubleValue() >= 3.6, cli.out());
      assertTrue(json.get("sequential").isNull());
      assertTrue(cli.err().contains("lab: at most 2 requests were being worked on at once"));
    }
  }

  @Test
  void fleet_oneAtATime_isToldInTheSingular() throws Exception {
    try (Cli cli =
        start("fleet", "--nodes=2", "--delay=20ms", "--mode=sequential", "--transport=http")) {
      assertEquals(0, cli.status(), cli.err());
      assertTrue(
          cli.err().contains("lab: at most 1 request was being worked on at once"), cli.err());
    }
  }

  @Test
  void fleet_targetsThatTakeTooLong_areToldInTheWordsOfTheOption() throws Exception {
    try (Cli cli = start("fleet", "--nodes=1", "--delay=100s", "--timeout=200ms")) {
      assertEquals(1, cli.status(), cli.err());
      List<String> lines = cli.out().lines().toList();
      assertTrue(lines.get(1).endsWith("took longer than 200 ms (--timeout)"), cli.out());
      assertTrue(lines.get(2).endsWith("took longer than 200 ms (--timeout)"), cli.out());
      assertEquals("2 of 2 failed.", lines.getLast());
      assertFalse(cli.out().contains("faster"), cli.out());
    }
  }

  static Stream<List<String>> wrongUses() {
    return Stream.of(
        List.of("--nodes must be from 1 to 10000, but was 0.", "fleet", "--nodes=0"),
        List.of("--limit must be at least 1, but was 0", "fleet", "--limit=0"),
        List.of("--timeout must be longer than zero.", "fleet", "--timeout=0s"),
        List.of("'soon' is no duration; write a number and a unit", "fleet", "--delay=soon"),
        List.of("expected one of [http, ssh, both]", "fleet", "--transport=ftp"),
        List.of("Unknown option: '--node=3'", "fleet", "--node=3"),
        List.of("there is no command 'fleets'; there are list, ", "fleets"),
        List.of("does not exist; see docs/fleet.md", "fleet", "--inventory=none.yaml"),
        List.of("leave them out with --inventory", "fleet", "--inventory=x", "--nodes=3"),
        List.of("there is no such directory.", "fleet", "--timeline=no/such/place.svg"),
        List.of("--out /dev/null/x: ", "fleet", "--out=/dev/null/x"),
        List.of("--out pom.xml: there is a file of that name.", "fleet", "--out=pom.xml"),
        List.of("count must be at least 1, but was 0", "lab", "--nodes=0"),
        List.of("together at most 1", "lab", "--failures=0.8", "--hangs=0.8"));
  }

  @ParameterizedTest
  @MethodSource("wrongUses")
  void wrongUse_isOneLineThatSaysWhereToReadMore(List<String> sentenceAndArguments)
      throws Exception {
    List<String> arguments = sentenceAndArguments.subList(1, sentenceAndArguments.size());
    try (Cli cli = start(arguments.toArray(String[]::new))) {
      assertEquals(2, cli.status(), cli.err());
      assertEquals("", cli.out());
      assertTrue(cli.err().contains(sentenceAndArguments.getFirst()), cli.err());
      assertTrue(cli.err().startsWith("tandem: "), cli.err());
      assertTrue(cli.err().endsWith(" --help.\n"), cli.err());
      assertEquals(1, cli.err().lines().count(), cli.err());
    }
  }

  @Test
  void noArguments_isHelp() throws Exception {
    try (Cli cli = start()) {
      assertEquals(0, cli.status());
      assertTrue(cli.out().contains("fleet") && cli.out().contains("lab"), cli.out());
    }
  }

  @Test
  void interrupt_inTheMiddle_reportsWhatIsDoneAndLeavesNothingHalfWritten() throws Exception {
    Path configurations = folder.resolve("configurations");
    try (Cli cli =
        start(
            "fleet",
            "--nodes=30",
            "--delay=300ms",
            "--mode=sequential",
            "--transport=ssh",
            "--json",
            "--out=" + configurations)) {
      await()
          .atMost(ofSeconds(100))
          .until(() -> Files.exists(configurations) && finished(configurations) >= 3);
      cli.interrupt();
      assertEquals(130, cli.status(), cli.err());
      JsonNode json = JsonMapper.shared().readTree(cli.out());
      int ok = json.at("/sequential/ok").intValue();
      // The last file may be there before its device counts as done.
      assertTrue(ok >= 2 && ok < 30, cli.out());
      assertEquals(30 - ok, json.at("/sequential/cancelled").intValue(), cli.out());
      assertEquals("cancelled", json.at("/results/29/status").stringValue());
      assertEquals("not begun: interrupted", json.at("/results/29/error").stringValue());
      assertEquals(
          "cut short: interrupted", json.at("/results/" + ok + "/error").stringValue(), cli.out());
      assertTrue(json.get("speedup").isNull());
      assertFalse(cli.err().contains("\tat "), cli.err());
      List<String> files = names(configurations);
      assertTrue(files.size() >= ok, files.toString());
      for (String file : files) {
        assertTrue(file.endsWith(".cfg"), file);
        assertTrue(Files.readString(configurations.resolve(file)).endsWith("\nend\n"), file);
      }
    }
  }

  @Test
  void lab_writesAnInventoryThatAnotherProcessCanVisit() throws Exception {
    Path place = folder.resolve("lab");
    try (Cli lab = start("lab", "--nodes=3", "--delay=50ms", "--write=" + place)) {
      Map<String, String> exports = exportsOf(lab);
      Path inventory = place.resolve("inventory.yaml");
      try (Cli fleet =
          Cli.start(folder, exports, "fleet", "--inventory=" + inventory, "--mode=concurrent")) {
        assertEquals(0, fleet.status(), fleet.err() + fleet.out());
        assertTrue(fleet.out().contains("ise-1"), fleet.out());
        assertTrue(fleet.out().contains("ios-3"), fleet.out());
      }
      badLogin(exports, inventory);
      badNeighbours(exports, inventory);
      changedHostKey(exports, inventory, place.resolve("known_hosts"));
      lab.interrupt();
      assertEquals(130, lab.status());
      assertTrue(lab.out().contains("The lab has stopped."), lab.out());
    }
  }

  private void badLogin(Map<String, String> exports, Path inventory) throws Exception {
    Map<String, String> wrong = new HashMap<>(exports);
    wrong.replaceAll((name, value) -> "not-the-password-7");
    try (Cli fleet =
        Cli.start(folder, wrong, "fleet", "--inventory=" + inventory, "--mode=concurrent")) {
      assertEquals(1, fleet.status(), fleet.err());
      assertEquals(
          6, fleet.out().lines().filter(line -> line.contains("failed  ")).count(), fleet.out());
      assertTrue(fleet.out().contains("401"), fleet.out());
      assertTrue(fleet.out().contains("login refused for user"), fleet.out());
      assertFalse((fleet.out() + fleet.err()).contains("not-the-password-7"));
    }
  }

  /** A closed port, an unknown host and a machine that accepts and says nothing. */
  private void badNeighbours(Map<String, String> exports, Path inventory) throws Exception {
    // Who binds and does not listen refuses connections, and lets nobody else have the port.
    try (var refusing = new Socket();
        var silent = new ServerSocket(0)) {
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int closed = refusing.getLocalPort();
      Path crowded =
          Files.writeString(
              inventory.resolveSibling("crowded.yaml"),
              Files.readString(inventory)
                  + host("closed-web", "ise", "127.0.0.1", closed)
                  + host("closed-shell", "ios", "127.0.0.1", closed)
                  + host("nowhere", "ise", NO_NAME, 443)
                  + host("silent-web", "ise", "127.0.0.1", silent.getLocalPort())
                  + host("silent-shell", "ios", "127.0.0.1", silent.getLocalPort()));
      try (Cli fleet =
          Cli.start(
              folder,
              exports,
              "fleet",
              "--inventory=" + crowded,
              "--mode=concurrent",
              "--timeout=10s",
              "--json")) {
        assertEquals(1, fleet.status(), fleet.err());
        JsonNode json = JsonMapper.shared().readTree(fleet.out());
        assertEquals(6, json.at("/concurrent/ok").intValue(), fleet.out());
        assertEquals(2, json.at("/concurrent/timedOut").intValue(), fleet.out());
        assertEquals(3, json.at("/concurrent/failed").intValue(), fleet.out());
        assertTrue(json.at("/results/6/error").stringValue().contains("refused"), fleet.out());
        assertTrue(json.at("/results/7/error").stringValue().contains("refused"), fleet.out());
        assertTrue(json.at("/results/8/error").stringValue().contains(NO_NAME), fleet.out());
      }
    }
  }

  private void changedHostKey(Map<String, String> exports, Path inventory, Path knownHosts)
      throws Exception {
    List<String> lines = Files.readAllLines(knownHosts);
    String[] first = lines.get(0).split(" ", 2);
    String[] second = lines.get(1).split(" ", 2);
    Files.write(
        knownHosts, List.of(first[0] + " " + second[1], second[0] + " " + second[1], lines.get(2)));
    try (Cli fleet =
        Cli.start(
            folder,
            exports,
            "fleet",
            "--inventory=" + inventory,
            "--mode=concurrent",
            "--transport=ssh",
            "--json")) {
      assertEquals(1, fleet.status(), fleet.err());
      JsonNode json = JsonMapper.shared().readTree(fleet.out());
      assertEquals(2, json.at("/concurrent/ok").intValue(), fleet.out());
      assertTrue(json.at("/results/0/error").stringValue().contains("SHA256:"), fleet.out());
    }
  }

  private static String host(String name, String group, String address, int port) {
    return "- name: %s\n  group: %s\n  address: %s\n  port: %d\n"
        .formatted(name, group, address, port);
  }

  /** Waits until the lab has printed everything, and takes the passwords from its words. */
  private static Map<String, String> exportsOf(Cli lab) {
    await()
        .atMost(ofSeconds(100))
        .until(() -> lab.out().contains("Ctrl+C stops the lab.") || !lab.isRunning());
    Map<String, String> exports = new HashMap<>();
    try {
      lab.out()
          .lines()
          .filter(line -> line.startsWith("  export "))
          .map(line -> line.substring("  export ".length()).split("=", 2))
          .forEach(pair -> exports.put(pair[0], pair[1]));
      assertEquals(2, exports.size(), lab.out() + lab.err());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return exports;
  }

  private Cli start(String... arguments) throws IOException {
    return Cli.start(folder, Map.of(), arguments);
  }

  /** How many configurations are whole; those being written have another name. */
  private static long finished(Path directory) throws IOException {
    return names(directory).stream().filter(name -> name.endsWith(".cfg")).count();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
