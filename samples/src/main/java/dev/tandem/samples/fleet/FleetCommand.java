package dev.tandem.samples.fleet;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.samples.fleet.Choices.Mode;
import dev.tandem.samples.fleet.Choices.Which;
import dev.tandem.samples.lab.IosLab;
import dev.tandem.samples.lab.IseLab;
import dev.tandem.samples.lab.LabCounters;
import dev.tandem.samples.lab.LabSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "fleet",
    description =
        "Checks ISE nodes and backs up devices, one by one and together, in its own lab or yours.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Durations are written as 300ms, 2s or 1m. The inventory is explained in docs/fleet.md.",
      "Exit status: 0 all reached, 1 some failed, 2 wrong use, 130 interrupted.",
    })
public final class FleetCommand implements Callable<Integer> {

  private static final int ALL_REACHED = 0;
  private static final int SOME_FAILED = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--inventory", paramLabel = "FILE", description = "The machines to visit.")
  private @Nullable Path inventory;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "ISE nodes in the lab, and as many devices. Default: 50.")
  private @Nullable Integer nodes;

  @Option(
      names = "--delay",
      paramLabel = "D",
      converter = DurationConverter.class,
      description = "How long each machine of the lab takes to answer. Default: 2s.")
  private @Nullable Duration delay;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many targets at once. Default: no limit.")
  private @Nullable Integer limit;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description = "At most so long for one target. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--transport",
      defaultValue = "both",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Which transport = Which.both;

  @Option(
      names = "--mode",
      defaultValue = "both",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Mode mode = Mode.both;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keep each device's configuration there, as HOST.cfg.")
  private @Nullable Path out;

  @Option(names = "--json", description = "One JSON object instead of the table.")
  private boolean json;

  @Option(
      names = "--timeline",
      paramLabel = "FILE.svg",
      description = "A picture: a row for each target, a bar for its time.")
  private @Nullable Path timeline;

  /** Made by the command line. */
  public FleetCommand() {}

  @Override
  public Integer call() throws Exception {
    checkOptions();
    Optional<Inventory> machines = machines();
    ConfigStore store = store();
    Report report =
        Tandem.run(
            main -> {
              Report finished =
                  machines.isPresent()
                      ? visit(machines.get(), store)
                      : TaskGroup.<Report, Exception>run("lab", lab -> visitLab(lab, store));
              publish(finished);
              return finished;
            });
    return report.allReached() ? ALL_REACHED : SOME_FAILED;
  }

  private Report visit(Inventory machines, ConfigStore store) throws Exception {
    int size = machines.hosts().size();
    try (var sources = new Sources(timeout, size)) {
      List<Target> targets = sources.hosts(machines).stream().filter(transport.targets()).toList();
      if (targets.isEmpty()) {
        throw wrongUse("The inventory has no host with --transport " + transport + ".");
      }
      return rounds(targets, targets.size(), store);
    }
  }

  private Report visitLab(TaskGroup lab, ConfigStore store) throws Exception {
    int count = nodes == null ? 50 : nodes;
    LabSettings settings = LabSettings.of(count, delay == null ? Duration.ofSeconds(2) : delay);
    try (var sources = new Sources(timeout, count)) {
      var counters = new LabCounters();
      List<List<Target>> halves =
          Tandem.<List<Target>, Exception>gather(
              () -> {
                if (!transport.includes(Transport.HTTP)) {
                  return List.of();
                }
                return sources.nodes(IseLab.start(lab, settings, counters));
              },
              () -> {
                if (!transport.includes(Transport.SSH)) {
                  return List.of();
                }
                return sources.devices(IosLab.start(lab, settings, counters));
              });
      List<Target> targets = halves.stream().flatMap(List::stream).toList();
      Report report = rounds(targets, count, store);
      int most = counters.peak();
      String requests = most == 1 ? " request was" : " requests were";
      System.err.println("lab: at most " + most + requests + " being worked on at once");
      return report;
    }
  }

  private Report rounds(List<Target> targets, int hosts, ConfigStore store) {
    var progress = Progress.on(System.err, columns());
    int atOnce = limit == null ? Integer.MAX_VALUE : limit;
    var rounds = new Rounds(targets, atOnce, timeout, progress, store);
    var done = new ArrayList<Round>();
    if (mode != Mode.concurrent) {
      done.add(rounds.sequential());
    }
    if (mode != Mode.sequential && done.stream().allMatch(Round::isComplete)) {
      done.add(rounds.concurrent());
    }
    return new Report(hosts, transport.name(), limit == null ? 0 : limit, done);
  }

  private void publish(Report report) throws IOException {
    PrintWriter output = spec.commandLine().getOut();
    if (json) {
      output.println(report.toJson());
    } else {
      report.toLines().forEach(output::println);
    }
    if (output.checkError() || System.out.checkError()) {
      throw new IOException("the result could not be written to standard output");
    }
    if (timeline != null) {
      ConfigStore.replace(timeline, Timeline.svg(report));
      System.err.println("timeline: " + timeline);
    }
  }

  private void checkOptions() {
    if (inventory != null && (nodes != null || delay != null)) {
      throw wrongUse("--nodes and --delay shape the lab; leave them out with --inventory.");
    }
    if (nodes != null && (nodes < 1 || nodes > 10_000)) {
      throw wrongUse("--nodes must be from 1 to 10000, but was " + nodes + ".");
    }
    if (limit != null && limit < 1) {
      throw wrongUse("--limit must be at least 1, but was " + limit + "; leave it out for none.");
    }
    if (timeout.isZero()) {
      throw wrongUse("--timeout must be longer than zero.");
    }
    Path folder = timeline == null ? null : timeline.toAbsolutePath().getParent();
    if (timeline != null && (folder == null || !Files.isDirectory(folder))) {
      throw wrongUse("--timeline " + timeline + ": there is no such directory.");
    }
  }

  private Optional<Inventory> machines() {
    if (inventory == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InventoryFile.read(inventory));
    } catch (InventoryException unusable) {
      throw wrongUse(String.valueOf(unusable.getMessage()));
    }
  }

  private ConfigStore store() {
    if (out == null) {
      return ConfigStore.none();
    }
    try {
      return ConfigStore.in(out);
    } catch (IOException unusable) {
      throw wrongUse("--out " + out + ": " + Reason.of(unusable) + ".");
    }
  }

  private ParameterException wrongUse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** What the launcher found out about the terminal; 0 when there is none. */
  private static int columns() {
    String columns = System.getenv("TANDEM_COLUMNS");
    if (columns == null) {
      return 0;
    }
    try {
      int number = Integer.parseInt(columns.strip());
      return number > 0 ? number : 80;
    } catch (NumberFormatException unknown) {
      return 80;
    }
  }
}
