package dev.tandem.samples.cli;

import dev.tandem.samples.fleet.FleetCommand;
import dev.tandem.samples.fleet.LabCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code ./tandem} starts. */
@Command(
    name = "tandem",
    description = "Many things at once, with structure: the samples of Tandem.",
    mixinStandardHelpOptions = true,
    version = "Tandem 0.1.0-SNAPSHOT",
    subcommands = {
      FleetCommand.class,
      LabCommand.class,
      PsCommand.class,
      TreeCommand.class,
      BenchHint.class
    },
    footer = {
      "",
      "Start with: ./tandem fleet",
      "Help on one command: ./tandem COMMAND --help",
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /** Without arguments: help. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              CommandLine command = wrong.getCommandLine();
              command.getErr().println(wrong.getMessage());
              UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
              command.usage(command.getErr());
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              String message = failure.getMessage();
              command.getErr().println("tandem: " + (message == null ? failure : message));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
