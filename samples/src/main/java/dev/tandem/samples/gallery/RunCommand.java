package dev.tandem.samples.gallery;

import dev.tandem.CancelledException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs samples. */
@Command(
    name = "run",
    description = "Runs a sample: in virtual time at once, or with --real as long as it takes.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "./tandem list has the ids.",
      "Exit status: 0 done, 1 a sample failed, 2 wrong use, 130 interrupted.",
    })
public final class RunCommand implements Callable<Integer>, OneSentence {

  private static final int FAILED = 1;
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Which one.")
  private @Nullable String id;

  @Option(names = "--all", description = "Every sample, one after the other.")
  private boolean all;

  @Option(names = "--check", description = "Compare what is printed with what is expected.")
  private boolean check;

  @Option(names = "--real", description = "In real time.")
  private boolean real;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "In virtual time, another order of what happens at the same moment.")
  private @Nullable String seed;

  /** Made by the command line. */
  public RunCommand() {}

  @Override
  public Integer call() throws Exception {
    if (all == (id != null)) {
      throw wrongUse("Give the id of one sample, or --all; ./tandem list has the ids.");
    }
    Long number = seed();
    if (check && (real || number != null)) {
      throw wrongUse("--check compares what is printed without --real and --seed; leave them out.");
    }
    if (real && number != null) {
      throw wrongUse("--seed orders virtual time; leave it out with --real.");
    }
    List<Exhibit> exhibits =
        id == null ? Gallery.EXHIBITS : List.of(Gallery.find(id, spec.commandLine()));
    if (check) {
      return new Checks(exhibits, spec.commandLine().getOut()).run() ? 0 : FAILED;
    }
    for (Exhibit exhibit : exhibits) {
      if (number != null && exhibit.runsOn() == RunsOn.REAL && id != null) {
        throw wrongUse("--seed orders virtual time, and " + id + " runs in real time only.");
      }
      if (all) {
        IO.println("== " + exhibit.id() + ": " + exhibit.title());
      }
      boolean onTheClock = real || exhibit.runsOn() == RunsOn.REAL;
      try {
        new Stage(onTheClock, onTheClock ? null : number).perform(exhibit.sample());
      } catch (CancelledException cancelled) {
        return INTERRUPTED;
      }
    }
    return 0;
  }

  private @Nullable Long seed() {
    try {
      return Optional.ofNullable(seed).map(Long::valueOf).orElse(null);
    } catch (NumberFormatException wrong) {
      throw wrongUse("--seed must be a whole number, but was '" + seed + "'.");
    }
  }

  private ParameterException wrongUse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
