package dev.tandem.benchmarks.bench;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code ./tandem bench} starts: a subcommand for each suite. */
@Command(
    name = "tandem bench",
    description = "Measures Tandem and its peers side by side, against the goals.",
    mixinStandardHelpOptions = true,
    version = "Tandem 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "SUITE",
    commandListHeading = "%nSuites:%n",
    footer = {
      "",
      "Exit status: 0 measured, whether the goals were met or not; 1 failed; 2 wrong use.",
      "What the rows mean is explained in docs/benchmarks.md.",
    })
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  private BenchCommand() {}

  /** Runs the suite that the arguments name. */
  public static void main(String[] arguments) {
    // A process that measures goes on until it is told to stop, and Ctrl+C may reach only this one.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () ->
                        ProcessHandle.current()
                            .descendants()
                            .forEach(ProcessHandle::destroyForcibly)));
    System.exit(commandLine(Suites.ALL).execute(arguments));
  }

  static CommandLine commandLine(List<Suite> suites) {
    var commandLine = new CommandLine(new BenchCommand());
    for (Suite suite : suites) {
      commandLine.addSubcommand(suite.name(), SuiteCommand.commandLine(suite));
    }
    return commandLine
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              CommandLine command = wrong.getCommandLine();
              command.getErr().println("tandem: " + sentence(wrong, suites));
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              String message = failure.getMessage();
              command.getErr().println("tandem: " + (message == null ? failure : message));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  /** Without a suite: help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static String sentence(ParameterException wrong, List<Suite> suites) {
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && unmatched.getCommandLine().getParent() == null) {
      return "there is no suite '"
          + unmatched.getUnmatched().getFirst()
          + "'; there is "
          + String.join(", ", suites.stream().map(Suite::name).toList())
          + ".";
    }
    return String.valueOf(wrong.getMessage());
  }
}
