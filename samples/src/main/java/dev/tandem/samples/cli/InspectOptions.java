package dev.tandem.samples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ps} and {@code tree} have in common. */
final class InspectOptions {

  /** Whether the process notes times. */
  enum Times {
    ON,
    OFF
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "PID",
      description = "The process: any JVM that uses tandem-core, however it was started.")
  private long pid;

  @Option(names = "--json", description = "As JSON instead of text.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many tasks (default: ${DEFAULT-VALUE}).")
  private int limit = 1000;

  @Option(
      names = "--times",
      paramLabel = "on|off",
      description =
          "From now on the process notes since when tasks run and wait, or does so no more.")
  private @Nullable Times times;

  /** Asks, prints the answer, and returns the exit status. */
  int print(String asText, String asJson) throws IOException {
    PrintWriter errors = spec.commandLine().getErr();
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit must be at least 1, but was " + limit + ".");
    }
    String switched = times == null ? "as-is" : times == Times.ON ? "on" : "off";
    try {
      String answer = Attachment.ask(pid, json ? asJson : asText, limit, switched);
      PrintWriter out = spec.commandLine().getOut();
      out.println(answer);
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (Attachment.Failed failed) {
      errors.println("tandem: " + failed.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }
}
