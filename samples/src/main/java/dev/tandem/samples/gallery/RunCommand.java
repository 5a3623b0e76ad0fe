package dev.tandem.samples.gallery;

import static java.util.stream.Collectors.joining;

import dev.tandem.CancelledException;
import dev.tandem.inspect.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class RunCommand implements Callable<Integer> {

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
      names = "--lab",
      description = "In real time against a real server, which is started for it; list says where.")
  private boolean lab;

  @Option(names = "--postgres", description = "async-database against a real PostgreSQL, likewise.")
  private boolean postgres;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "In virtual time, another order of what happens at the same moment.")
  private @Nullable String seed;

  @Mixin private final Views views = new Views();

  /** Made by the command line. */
  public RunCommand() {}

  @Override
  public Integer call() throws Exception {
    Long order = seed();
    checkOptions(order != null);
    List<Exhibit> exhibits =
        id == null ? Gallery.EXHIBITS : List.of(Gallery.find(id, spec.commandLine()));
    if (check) {
      return new Checks(exhibits, spec.commandLine().getOut()).run() ? 0 : FAILED;
    }
    checkLab(exhibits.getFirst());
    if (order != null && id != null && exhibits.getFirst().runsOn() == RunsOn.REAL) {
      throw wrongUse("--seed orders virtual time, and " + id + " runs in real time only.");
    }
    for (Exhibit exhibit : exhibits) {
      if (all) {
        IO.println("== " + exhibit.id() + ": " + exhibit.title());
      }
      try {
        perform(exhibit, order);
      } catch (CancelledException cancelled) {
        return INTERRUPTED;
      }
    }
    return 0;
  }

  private void perform(Exhibit exhibit, @Nullable Long order) throws Exception {
    boolean inLab = lab || postgres;
    boolean onTheClock = inLab || real || exhibit.runsOn() == RunsOn.REAL;
    Timeline timeline = views.areWanted() ? views.timeline() : null;
    new Stage(onTheClock, onTheClock ? null : order, timeline)
        .perform(inLab ? exhibit.inLab() : exhibit.sample());
    if (timeline != null) {
      views.show(timeline, System.getenv());
    }
  }

  private void checkOptions(boolean ordered) {
    if (all == (id != null)) {
      throw wrongUse("Give the id of one sample, or --all; ./tandem list has the ids.");
    }
    if (all && (lab || postgres)) {
      throw wrongUse("--lab and --postgres are for one sample; leave them out with --all.");
    }
    if (check && (real || lab || postgres || ordered)) {
      throw wrongUse(
          "--check compares what is printed without --real, --lab, --postgres and --seed; leave"
              + " them out.");
    }
    if ((real || lab || postgres) && ordered) {
      throw wrongUse("--seed orders virtual time; leave it out with --real, --lab and --postgres.");
    }
    if (views.areWanted() && (all || check)) {
      throw wrongUse(
          "--trace, --gantt, --svg and --perfetto show one run; leave them out with --all and"
              + " --check.");
    }
    views
        .problem()
        .ifPresent(
            problem -> {
              throw wrongUse(problem);
            });
  }

  private void checkLab(Exhibit exhibit) {
    for (String option : labOptions()) {
      if (!exhibit.labOption().equals(Optional.of(option))) {
        String where =
            Gallery.EXHIBITS.stream()
                .filter(other -> other.labOption().equals(Optional.of(option)))
                .map(Exhibit::id)
                .collect(joining(" and "));
        throw wrongUse(option + " is for " + where + ", and not for " + exhibit.id() + ".");
      }
    }
  }

  private List<String> labOptions() {
    List<String> given = new ArrayList<>();
    if (lab) {
      given.add("--lab");
    }
    if (postgres) {
      given.add("--postgres");
    }
    return given;
  }

  private @Nullable Long seed() {
    try {
      return Optional.ofNullable(seed).map(Long::valueOf).orElse(null);
    } catch (NumberFormatException wrong) {
      throw wrongUse("--seed must be a whole number of 64 bits, but was '" + seed + "'.");
    }
  }

  private ParameterException wrongUse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
