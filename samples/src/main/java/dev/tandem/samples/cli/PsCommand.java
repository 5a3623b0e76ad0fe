package dev.tandem.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./tandem ps PID}. */
@Command(
    name = "ps",
    description = "Shows the tasks of a running JVM, one a line, and what each waits for.",
    mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {

  @Mixin private final InspectOptions options = new InspectOptions();

  private PsCommand() {}

  @Override
  public Integer call() throws Exception {
    return options.print("table", "tableJson");
  }
}
