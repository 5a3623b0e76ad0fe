package dev.tandem.samples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * The line about {@code bench} in the help. The launcher starts that command itself, from the jar
 * of the benchmarks, which is built when it is first asked for.
 */
@Command(
    name = "bench",
    description = "Measures Tandem and its peers side by side, against the goals.")
final class BenchHint implements Runnable {

  @Spec private CommandSpec spec;

  @Unmatched private String[] ignored = {};

  private BenchHint() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "the benchmarks are started by the launcher: ./tandem bench.");
  }
}
