package dev.tandem.samples.gallery;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The source of a sample. */
@Command(
    name = "show",
    description = "Prints the source of a sample.",
    mixinStandardHelpOptions = true,
    footer = {"", "./tandem list has the ids."})
public final class ShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Which one; ./tandem list has the ids.")
  private String id = "";

  /** Made by the command line. */
  public ShowCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(Gallery.find(id, spec.commandLine()).source());
    out.flush();
    return 0;
  }
}
