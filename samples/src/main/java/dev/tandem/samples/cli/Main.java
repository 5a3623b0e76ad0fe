package dev.tandem.samples.cli;

import dev.tandem.samples.fleet.FleetCommand;
import dev.tandem.samples.fleet.LabCommand;
import dev.tandem.samples.gallery.ListCommand;
import dev.tandem.samples.gallery.RunCommand;
import dev.tandem.samples.gallery.ShowCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ./tandem} starts. */
@Command(
    name = "tandem",
    description = "Many things at once, with structure: the samples of Tandem.",
    mixinStandardHelpOptions = true,
    version = "Tandem 0.1.0-SNAPSHOT",
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      RunCommand.class,
      FleetCommand.class,
      LabCommand.class,
      PsCommand.class,
      TreeCommand.class,
      BenchHint.class,
      HelpCommand.class,
    },
    footer = {
      "",
      "Start with: ./tandem list, ./tandem run hello-async, ./tandem fleet",
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
              wrong.getCommandLine().getErr().println("tandem: " + WrongUse.of(wrong));
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
