package dev.tandem.samples.fleet;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.samples.fleet.Choices.Which;
import dev.tandem.samples.lab.IosLab;
import dev.tandem.samples.lab.IseLab;
import dev.tandem.samples.lab.LabSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The lab by itself, for any client to talk to. */
@Command(
    name = "lab",
    description =
        "Starts fake ISE nodes (HTTPS) and IOS devices (SSH), for any client, until Ctrl+C.",
    mixinStandardHelpOptions = true)
public final class LabCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "5",
      description = "ISE nodes, and as many devices. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--transport",
      defaultValue = "both",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Which transport = Which.both;

  @Option(
      names = "--delay",
      paramLabel = "D",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How long each takes to answer. Default: ${DEFAULT-VALUE}.")
  private Duration delay = Duration.ofSeconds(2);

  @Option(
      names = "--failures",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "The share of machines that fail, from 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double failures;

  @Option(
      names = "--hangs",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "The share of machines that never answer. Default: ${DEFAULT-VALUE}.")
  private double hangs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides which ones fail and hang, and how. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "Write inventory.yaml and known_hosts there, for fleet --inventory.")
  private @Nullable Path directory;

  /** Made by the command line. */
  public LabCommand() {}

  @Override
  public Integer call() throws Exception {
    LabSettings settings = settings();
    Tandem.run(
        lab -> {
          Optional<IseLab> ise =
              transport.includes(Transport.HTTP)
                  ? Optional.of(IseLab.start(lab, settings))
                  : Optional.empty();
          Optional<IosLab> ios =
              transport.includes(Transport.SSH)
                  ? Optional.of(IosLab.start(lab, settings))
                  : Optional.empty();
          print(ise, ios);
          untilCancelled();
          spec.commandLine().getOut().println("The lab has stopped.");
        });
    return 0;
  }

  private LabSettings settings() {
    if (nodes > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--nodes must be at most 10000, but was " + nodes + ".");
    }
    try {
      return new LabSettings(nodes, delay, failures, hangs, seed);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static void untilCancelled() throws InterruptedException {
    try {
      while (true) {
        Tandem.sleep(Duration.ofDays(1));
      }
    } catch (CancelledException stopped) {
      // Ctrl+C is how a lab ends.
    }
  }

  private void print(Optional<IseLab> ise, Optional<IosLab> ios) throws IOException {
    PrintWriter output = spec.commandLine().getOut();
    ise.ifPresent(
        lab -> {
          output.println("ISE nodes, user " + lab.username() + ", password " + lab.password());
          for (int i = 0; i < lab.addresses().size(); i++) {
            output.println("  " + lab.baseUrl(i));
          }
          output.println(
              "  try: curl -k -u "
                  + lab.username()
                  + ":"
                  + lab.password()
                  + " -H 'Accept: application/json' "
                  + lab.baseUrl(0)
                  + "/ers/config/endpoint");
        });
    ios.ifPresent(
        lab -> {
          output.println(
              "IOS devices, user "
                  + lab.username()
                  + ", password "
                  + lab.password()
                  + ", enable "
                  + lab.enableSecret());
          lab.addresses()
              .forEach(
                  address ->
                      output.println(
                          "  " + address.getHostString() + " port " + address.getPort()));
          output.println(
              "  try: ssh -p "
                  + lab.addresses().getFirst().getPort()
                  + " "
                  + lab.username()
                  + "@127.0.0.1");
        });
    Path written = directory;
    if (written != null) {
      Files.createDirectories(written);
      ConfigStore.replace(written.resolve("inventory.yaml"), bytes(LabInventory.of(ise, ios)));
      if (ios.isPresent()) {
        ConfigStore.replace(written.resolve("known_hosts"), bytes(ios.get().knownHosts()));
      }
      LabInventory.exports(ise, ios).forEach(output::println);
      output.println("  try: ./tandem fleet --inventory " + written.resolve("inventory.yaml"));
    }
    output.println("Ctrl+C stops the lab.");
    output.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
