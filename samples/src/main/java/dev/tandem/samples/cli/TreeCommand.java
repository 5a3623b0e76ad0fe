package dev.tandem.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./tandem tree PID}. */
@Command(
    name = "tree",
    description = "Shows the tree of tasks of a running JVM, and who waits for whom.",
    mixinStandardHelpOptions = true)
final class TreeCommand implements Callable<Integer> {

  @Mixin private final InspectOptions options = new InspectOptions();

  private TreeCommand() {}

  @Override
  public Integer call() throws Exception {
    return options.print("text", "json");
  }
}
