package dev.tandem.benchmarks.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures one suite and reports. */
@Command(mixinStandardHelpOptions = true)
final class SuiteCommand implements Callable<Integer> {

  private final Suite suite;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "Shorter and rougher, within ten minutes.")
  private boolean quick;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the results there, as an array of objects.")
  private @Nullable Path json;

  private SuiteCommand(Suite suite) {
    this.suite = suite;
  }

  static CommandLine commandLine(Suite suite) {
    var commandLine = new CommandLine(new SuiteCommand(suite));
    commandLine.getCommandSpec().usageMessage().description(suite.description());
    return commandLine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (json != null) {
      checkWritable(json);
    }
    Tempo tempo = quick ? Tempo.QUICK : Tempo.FULL;
    PrintWriter progress = spec.commandLine().getErr();
    Figures figures =
        new Rounds(
                suite.probes(tempo),
                suite.rounds(tempo),
                line -> progress.println(suite.name() + ": " + line))
            .run();
    report(suite.bars(tempo).stream().map(bar -> Result.of(bar, figures)).toList(), figures);
    return 0;
  }

  private void report(List<Result> results, Figures figures) throws IOException {
    if (json != null) {
      Files.writeString(json, Json.of(results) + System.lineSeparator());
    }
    PrintWriter output = spec.commandLine().getOut();
    Table.of(results).forEach(output::println);
    output.println();
    Table.amounts(results, figures).forEach(output::println);
    if (output.checkError() || System.out.checkError()) {
      throw new IOException("the result could not be written to standard output");
    }
  }

  private void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw wrongUse("--json " + file + ": that is a directory.");
    }
    if (!Files.isDirectory(folder)) {
      throw wrongUse("--json " + file + ": there is no such directory.");
    }
    // Tried and not asked for: who may do everything is told yes, and then the folder takes no
    // file.
    boolean isNew = !Files.exists(file);
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (isNew) {
        Files.delete(file);
      }
    } catch (IOException refused) {
      throw wrongUse("--json " + file + ": it cannot be written.");
    }
  }

  private ParameterException wrongUse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
